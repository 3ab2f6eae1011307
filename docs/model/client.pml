/* Two jobs under one key, and the calls of clients: add, cancel (by id and by key), change, replay, forget; each may be
 * executed again by a late copy. Dispatch is reduced to what these calls meet: a claim gives a generation, a message
 * carries the arguments of its claim, a run retries, succeeds or dies. What keepers and workers may do wrong stands in
 * dispatch.pml. */

#include "common.pml"

#define JOBS 3 /* 1 and 2 */
#define GENERATIONS 15 /* more than calls, retries and replays can make */
#define EXPIRED 8
#ifndef CALLS
#define CALLS 4
#endif
#ifndef FAILURES
#define FAILURES 1
#endif

/* ---- the store -------------------------------------------------------------------------------------------------- */

byte st[JOBS];
bool due[JOBS];
byte gen[JOBS];
byte arguments[JOBS];   /* which version */
bool requested[JOBS];
byte failures[JOBS];
bool past[JOBS];        /* past its expires */
bool left[JOBS];        /* forgotten: id and outcome are left */
byte key_of;            /* the job that the key names */
byte gens;

bool messages[GENERATIONS]; /* on the queue, by generation */
byte job_of[GENERATIONS];
byte carries[GENERATIONS];

/* answers kept: of a call under its id, which is its number; of an add that met its key under the job's id */
byte kept[CALLS + 1];
byte kept_add[JOBS];

/* ---- answers ---------------------------------------------------------------------------------------------------- */

#define A_STORED 1
#define A_RETURNED 2
#define A_REPLACED 3
#define A_TAKEN 4
#define A_ID_TAKEN 5
#define A_CANCELLED 6
#define A_REQUESTED 7
#define A_ENDED 8
#define A_NOT_FOUND 9
#define A_CHANGED 10
#define A_RUNNING 11
#define A_REPLAYED 12
#define A_NOT_DEAD 13
#define A_FORGOTTEN 14
#define A_ALIVE 15

/* ---- what the properties remember ------------------------------------------------------------------------------- */

bool added[JOBS];       /* acknowledged as stored */
byte wanted[JOBS];      /* the arguments that were acknowledged last */
byte may_run[JOBS];     /* attempts that are due to it: one a life, one a retry */
bool cancelled[JOBS];   /* answered CANCELLED */
bool asked[JOBS];       /* a cancel has meant it */
bool stopped[JOBS];     /* answered REQUESTED, in this life */
bool forgotten[JOBS];
bool mine[JOBS];        /* holds the key by rights */
bool executing[JOBS];
byte versions = 2;

/* ---- guards ----------------------------------------------------------------------------------------------------- */

#ifdef NO_STORED_CHECK_ON_ADD
#define STORED(j) false
#else
#define STORED(j) (st[j] != NONE)
#endif
#ifdef NO_LEFT_CHECK_ON_ADD
#define LEFT(j) false
#else
#define LEFT(j) left[j]
#endif
#ifdef NO_DIGEST_ON_ADD
#define SAME_REQUEST(other) true
#else
#define SAME_REQUEST(other) (!(other))
#endif
#ifdef NO_KEPT_ADD
#define KEPT_ADD(j) false
#else
#define KEPT_ADD(j) (kept_add[j] != 0)
#endif
#ifdef NO_CALL_ID_ON_CANCEL
#define KEPT_CANCEL(n) false
#else
#define KEPT_CANCEL(n) (kept[n] != 0)
#endif
#ifdef NO_CALL_ID_ON_CHANGE
#define KEPT_CHANGE(n) false
#else
#define KEPT_CHANGE(n) (kept[n] != 0)
#endif
#ifdef NO_CALL_ID_ON_REPLAY
#define KEPT_REPLAY(n) false
#else
#define KEPT_REPLAY(n) (kept[n] != 0)
#endif
#ifdef NO_CALL_ID_ON_FORGET
#define KEPT_FORGET(n) false
#else
#define KEPT_FORGET(n) (kept[n] != 0)
#endif
#ifdef NO_STATE_ON_REPLAY
#define REPLAYS(j) (st[j] == DEAD || st[j] == CANCELLED || st[j] == SUCCEEDED)
#else
#define REPLAYS(j) (st[j] == DEAD)
#endif
#ifdef NO_KEY_ON_REPLAY
#define KEY_ON_REPLAY(j) true
#else
#define KEY_ON_REPLAY(j) (key_of == 0 || key_of == (j))
#endif
#ifdef NO_STATE_ON_FORGET
#define FORGETS(j) (st[j] != NONE)
#else
#define FORGETS(j) HAS_ENDED(st[j])
#endif
#ifdef NO_STATE_ON_REPLACE
#define REPLACES(j) (st[j] != NONE)
#else
#define REPLACES(j) BEFORE_RUN(st[j])
#endif
#ifdef NO_GENERATION_ON_BEGIN
#define GENERATION_ON_BEGIN(g) true
#else
#define GENERATION_ON_BEGIN(g) (gen[job_of[g]] == (g))
#endif
#ifdef NO_EXPIRES_ON_BEGIN
#define EXPIRES_ON_BEGIN(j) false
#else
#define EXPIRES_ON_BEGIN(j) past[j]
#endif
#ifdef NO_EXPIRES_ON_FINISH
#define EXPIRES_ON_FINISH(j) false
#else
#define EXPIRES_ON_FINISH(j) past[j]
#endif
#ifdef NO_EXPIRES_ON_ADD
#define EXPIRES_ON_ADD(j) false
#else
#define EXPIRES_ON_ADD(j) past[j]
#endif

#ifdef PRUNED_EARLY
#define COPIES_COME false
#else
#define COPIES_COME (w_op != 0)
#endif

/* ---- moves ------------------------------------------------------------------------------------------------------ */

inline free_key(j) {
#ifdef NO_OWNER_ON_FREE
    key_of = 0;
#else
    key_of = (key_of == j -> 0 : key_of);
#endif
    mine[j] = false
}

inline take_key(j) {
#ifdef NO_FREE_CHECK_ON_TAKE
    key_of = j; mine[j] = true;
#else
    if
    :: key_of == 0 || key_of == j -> key_of = j; mine[j] = true
    :: else
    fi;
#endif
    assert(KEY || !(mine[1] && mine[2]))
}

inline wait_again(j, is_due) {
    st[j] = WAITING; due[j] = is_due; requested[j] = false; take_key(j)
}

inline ends(j, how) {
    st[j] = how;
#ifndef NO_KEY_FREED_AT_END
    free_key(j)
#else
    mine[j] = false
#endif
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

byte answer, met;

/* other: another request under the same id. replace: on_conflict. */
inline add(j, other, replace, version) {
    if
    :: STORED(j) || LEFT(j) ->
        answer = (SAME_REQUEST(other) -> A_STORED : A_ID_TAKEN);
        assert(G1 || !(other && answer == A_STORED))
    :: !(STORED(j) || LEFT(j)) && KEPT_ADD(j) -> answer = kept_add[j]
    :: else ->
        met = key_of;
        if
        :: met != 0 && EXPIRES_ON_ADD(met) && BEFORE_RUN(st[met]) -> ends(met, EXPIRED); met = 0
        :: else
        fi;
        if
        :: met != 0 && met != j && !replace ->
            answer = A_RETURNED;
#ifdef KEY_UNTIL_ENDED
            assert(KEY || !HAS_ENDED(st[met]))
#else
            assert(KEY || (BEFORE_RUN(st[met]) && !past[met])) /* it waits, and will run for this request too */
#endif
        :: met != 0 && met != j && replace && REPLACES(met) ->
            st[met] = WAITING; due[met] = false; arguments[met] = version; wanted[met] = version;
            past[met] = false; answer = A_REPLACED;
            assert(G4 || !executing[met])
        :: met != 0 && met != j && replace && !REPLACES(met) -> answer = A_TAKEN
        :: else ->
            may_run[j] = (added[j] -> may_run[j] : 1);
            added[j] = true; wanted[j] = version;
            st[j] = WAITING; due[j] = false; arguments[j] = version; requested[j] = false; failures[j] = 0;
            left[j] = false; answer = A_STORED; take_key(j)
        fi;
        if
        :: answer != A_STORED -> kept_add[j] = answer
        :: else
        fi
    fi;
    met = 0
}

inline cancel(n, j) { /* j 0: by key, of nobody */
    if
    :: KEPT_CANCEL(n) -> answer = kept[n]
    :: else ->
        if
        :: j == 0 -> answer = A_NOT_FOUND
        :: j != 0 && st[j] == NONE -> answer = (left[j] -> A_ENDED : A_NOT_FOUND)
        :: j != 0 && BEFORE_RUN(st[j]) && past[j] -> ends(j, EXPIRED); answer = A_ENDED
        :: j != 0 && BEFORE_RUN(st[j]) && !past[j] ->
            asked[j] = asked[j] || kept[n] == 0; /* the first time that it arrives */
            ends(j, CANCELLED); answer = A_CANCELLED; cancelled[j] = true
        :: j != 0 && st[j] == RUNNING ->
            requested[j] = true; stopped[j] = true; answer = A_REQUESTED; asked[j] = asked[j] || kept[n] == 0
        :: j != 0 && st[j] == CANCELLED ->
#ifdef NO_OUTCOME_KEPT
            answer = A_ENDED
#else
            answer = A_CANCELLED
#endif
        :: else -> answer = A_ENDED
        fi;
        assert(G6 || j == 0 || !cancelled[j] || answer == A_CANCELLED || left[j]);
        kept[n] = answer
    fi
}

inline change(n, j, version) {
    if
    :: KEPT_CHANGE(n) -> answer = kept[n]
    :: else ->
        if
        :: st[j] == NONE -> answer = (left[j] -> A_ENDED : A_NOT_FOUND)
        :: BEFORE_RUN(st[j]) && past[j] -> ends(j, EXPIRED); answer = A_ENDED
        :: BEFORE_RUN(st[j]) && !past[j] ->
            st[j] = WAITING; due[j] = false; arguments[j] = version; answer = A_CHANGED;
            take_key(j);
            wanted[j] = (kept[n] == 0 -> version : wanted[j])
        :: st[j] == RUNNING -> answer = A_RUNNING
        :: else -> answer = A_ENDED
        fi;
        kept[n] = answer
    fi
}

inline replay(n, j) {
    if
    :: KEPT_REPLAY(n) -> answer = kept[n]
    :: else ->
        if
        :: REPLAYS(j) && KEY_ON_REPLAY(j) ->
            st[j] = WAITING; due[j] = false; failures[j] = 0; requested[j] = false; past[j] = false; stopped[j] = false;
            key_of = j; mine[j] = true; answer = A_REPLAYED;
            assert(KEY || !(mine[1] && mine[2]));
            may_run[j] = (kept[n] == 0 -> may_run[j] + 1 : may_run[j])
        :: REPLAYS(j) && !KEY_ON_REPLAY(j) -> answer = A_TAKEN
        :: else -> answer = A_NOT_DEAD
        fi;
        kept[n] = answer
    fi
}

inline forget(n, j) {
    if
    :: KEPT_FORGET(n) -> answer = kept[n]
    :: else ->
        if
        :: FORGETS(j) ->
            free_key(j);
            forgotten[j] = HAS_ENDED(st[j]) && (forgotten[j] || kept[n] == 0);
            st[j] = NONE; answer = A_FORGOTTEN;
#ifndef NO_ID_LEFT_ON_FORGET
            left[j] = true
#endif
        :: !FORGETS(j) && st[j] == NONE -> answer = (left[j] -> A_FORGOTTEN : A_NOT_FOUND)
        :: else -> answer = A_ALIVE
        fi;
        kept[n] = answer
    fi
}

/* ---- the wire: one copy that comes late ------------------------------------------------------------------------- */

#define C_ADD 1
#define C_CANCEL 2
#define C_CANCEL_KEY 3
#define C_CHANGE 4
#define C_REPLAY 5
#define C_FORGET 6
#define C_ADD_OTHER 7
#define C_REPLACE 8
byte w_op, w_n, w_j, w_version, w_answer;

inline call(op, n, j, version) {
    if
    :: op == C_ADD -> add(j, false, false, version)
    :: op == C_REPLACE -> add(j, false, true, version)
    :: op == C_ADD_OTHER -> add(j, true, false, version)
    :: op == C_CANCEL -> cancel(n, j)
    :: op == C_CANCEL_KEY -> met = key_of; cancel(n, met); met = 0
    :: op == C_CHANGE -> change(n, j, version)
    :: op == C_REPLAY -> replay(n, j)
    :: op == C_FORGET -> forget(n, j)
    fi
}

proctype client() {
    byte n = 1, op, j, version;

    do
    :: atomic { n <= CALLS ->
        if
        :: j = 1
        :: j = 2
        fi;
        if
        :: st[j] == NONE && !added[j] && kept_add[j] == 0 -> op = C_ADD; version = j
        :: st[j] == NONE && !added[j] && kept_add[j] == 0 && key_of != 0 -> op = C_REPLACE; versions++; version = versions
        :: st[j] != NONE -> op = C_CANCEL
        :: op = C_CANCEL_KEY; j = 1
        :: st[j] != NONE -> op = C_CHANGE; versions++; version = versions
        :: st[j] != NONE -> op = C_REPLAY
        :: st[j] != NONE -> op = C_FORGET
        :: added[j] && (st[j] != NONE || left[j]) -> op = C_ADD_OTHER; version = 99
        fi;
        call(op, n, j, version);
        if
        :: true
        :: w_op == 0 && TROUBLE; w_op = op; w_n = n; w_j = j; w_version = version; w_answer = answer
        fi;
        answer = 0; op = 0; j = 0; version = 0; n++ }
    :: n > CALLS -> break
    od
}

/* ---- dispatch, time, late copies -------------------------------------------------------------------------------- */

inline begin(g) {
    now = job_of[g];
    if
    :: EXPIRES_ON_BEGIN(now) && BEFORE_RUN(st[now]) -> ends(now, EXPIRED)
    :: else ->
        if
        :: ON_ITS_WAY(st[now]) && GENERATION_ON_BEGIN(g) ->
            assert(G3 || due[now]);
            assert(G6 || !cancelled[now]);
            assert(G6 || !stopped[now]);
            assert(G4 || !executing[now]);
            assert(G4 || may_run[now] > 0);
            assert(G1 || carries[g] == wanted[now]);
            assert(G2 || !past[now]);
            st[now] = RUNNING; executing[now] = true; may_run[now]--;
#if defined(KEY_UNTIL_ENDED)
            skip
#elif defined(NO_KEY_FREED_AT_BEGIN)
            mine[now] = false
#else
            free_key(now)
#endif
        :: else
        fi
    fi;
    now = 0
}
byte now;

inline finishes(j) {
    executing[j] = false;
    if
    :: ends(j, SUCCEEDED)
    :: failures[j] < FAILURES && requested[j] -> ends(j, CANCELLED)
    :: failures[j] < FAILURES && !requested[j] && EXPIRES_ON_FINISH(j) -> ends(j, EXPIRED)
    :: failures[j] < FAILURES && !requested[j] && !EXPIRES_ON_FINISH(j) ->
        assert(G2 || !past[j]);
        failures[j]++; may_run[j]++; wait_again(j, false)
    :: ends(j, DEAD)
    fi
}

proctype world() {
    byte g, j;

end:
    do
    :: atomic { (st[1] == WAITING && !due[1]) -> due[1] = true }
    :: atomic { (st[2] == WAITING && !due[2]) -> due[2] = true }
#ifdef EXPIRING
    :: atomic { st[1] != NONE && !past[1] && !HAS_ENDED(st[1]) && TROUBLE; past[1] = true }
#endif
    :: atomic { ((st[1] == WAITING && due[1]) || (st[2] == WAITING && due[2])) && gens < GENERATIONS - 1 ->
        if
        :: st[1] == WAITING && due[1] -> j = 1
        :: st[2] == WAITING && due[2] -> j = 2
        fi;
        gens++; gen[j] = gens; st[j] = CLAIMED; job_of[gens] = j; carries[gens] = arguments[j]; messages[gens] = true;
        assert(SIZE || gens < GENERATIONS - 1);
        j = 0 }
    :: atomic { messages[1] || messages[2] || messages[3] || messages[4] || messages[5] || messages[6] ||
                messages[7] || messages[8] || messages[9] || messages[10] || messages[11] || messages[12] ||
                messages[13] ->
        if
        :: messages[1] -> g = 1
        :: messages[2] -> g = 2
        :: messages[3] -> g = 3
        :: messages[4] -> g = 4
        :: messages[5] -> g = 5
        :: messages[6] -> g = 6
        :: messages[7] -> g = 7
        :: messages[8] -> g = 8
        :: messages[9] -> g = 9
        :: messages[10] -> g = 10
        :: messages[11] -> g = 11
        :: messages[12] -> g = 12
        :: messages[13] -> g = 13
        fi;
        begin(g); messages[g] = false; job_of[g] = 0; carries[g] = 0; g = 0 }
    :: atomic { executing[1] && st[1] == RUNNING -> finishes(1) }
    :: atomic { executing[2] && st[2] == RUNNING -> finishes(2) }

#ifdef PRUNING
    /* what has ended is forgotten for good after keep_ended: no copy of an add comes later than that */
    :: atomic { HAS_ENDED(st[1]) && st[1] != DEAD && !COPIES_COME && TROUBLE; st[1] = NONE; forgotten[1] = true }
#endif

    :: atomic { w_op != 0 ->
        call(w_op, w_n, w_j, w_version);
#ifndef BLIND /* what else goes wrong? */
        assert(R1 || answer == w_answer);
#endif
        w_op = 0; w_n = 0; w_j = 0; w_version = 0; w_answer = 0; answer = 0 }
    od
}

proctype judge() {
end:
    do
    :: atomic { timeout ->
        assert(END || ((st[1] == NONE || HAS_ENDED(st[1])) && (st[2] == NONE || HAS_ENDED(st[2]))));
        assert(G1 || ((!added[1] || st[1] != NONE || forgotten[1]) && (!added[2] || st[2] != NONE || forgotten[2])));
        assert(G1 || ((st[1] != CANCELLED || asked[1]) && (st[2] != CANCELLED || asked[2])));
        assert(KEY || key_of == 0);
        break }
    od
}

init {
    atomic { run client(); run world(); run judge() }
}
