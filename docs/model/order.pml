/* Two jobs of one line, the second due later than the first; two keepers that claim in batches; the registry's heads as
 * variables that each step must write; a backlog with a bound; a queue that is paused and resumed. Workers are one
 * process that begins what is valid: what they may do to one job stands in dispatch.pml. */

#include "common.pml"

#define KEEPERS 2
#define GENERATIONS 9
#ifndef BOUND
#define BOUND 2 /* of the backlog */
#endif
#ifndef LIMIT
#define LIMIT 2 /* of a claim */
#endif

/* ---- the store -------------------------------------------------------------------------------------------------- */

byte st[3];    /* by job; 0 is nobody */
bool due[3];   /* the second never before the first */
byte gen[3];
byte tok[3];
bool late[3];

byte lease_token, lease_owner;
bool lease_live;
byte tokens, gens;

byte line_head; /* lines:<route>: the first job of the line; 0: none */
bool open_head; /* open: something is in flight */
bool again;     /* the route is not to be looked at: its backlog is full */
bool paused;
bool pause_known; /* the answer of the first pause, under its call id */

#define HOLDS(t) (lease_token == (t) && lease_live)
#define IN_FLIGHT(s) (ON_ITS_WAY(s) || (s) == RUNNING)
#define BACKLOG ((ON_ITS_WAY(st[1]) -> 1 : 0) + (ON_ITS_WAY(st[2]) -> 1 : 0))
#define TRUE_HEAD (st[1] == WAITING -> 1 : (st[2] == WAITING -> 2 : 0))
#define TRUE_OPEN (IN_FLIGHT(st[1]) || IN_FLIGHT(st[2]))

#define HEADS line_head = TRUE_HEAD; open_head = TRUE_OPEN
#ifdef NO_HEAD_ON_ADD
#define HEADS_ON_ADD skip
#else
#define HEADS_ON_ADD HEADS
#endif
#if defined(NO_HEAD_ON_CLAIM)
#define HEADS_ON_CLAIM open_head = TRUE_OPEN
#elif defined(NO_OPEN_ON_CLAIM)
#define HEADS_ON_CLAIM line_head = TRUE_HEAD
#else
#define HEADS_ON_CLAIM HEADS
#endif
#ifdef NO_HEAD_ON_WAIT
#define HEADS_ON_WAIT open_head = TRUE_OPEN
#else
#define HEADS_ON_WAIT HEADS
#endif
#ifdef NO_OPEN_ON_END
#define HEADS_ON_END line_head = TRUE_HEAD
#else
#define HEADS_ON_END HEADS
#endif

#ifdef NO_WAKE_ON_ROOM
#define ROOM skip
#else
#define ROOM again = (BACKLOG > BOUND / 2 -> again : false)
#endif

#ifdef NO_PAUSE_ON_CLAIM
#define PAUSED false
#else
#define PAUSED paused
#endif
#ifdef NO_ROOM_ON_CLAIM
#define FULL false
#else
#define FULL (BACKLOG >= BOUND)
#endif
#ifdef NO_DUE_ON_CLAIM
#define DUE_ON_CLAIM(j) true
#else
#define DUE_ON_CLAIM(j) due[j]
#endif

/* ---- what the properties remember ------------------------------------------------------------------------------- */

bool out_now[3];  /* its present generation was handed to the broker */
bool ahead;       /* the first job waited, or was on its way to the broker, when the second was claimed; and neither the
                     broker nor a worker nor a client has given it back since */
bool paused_answered;

/* ---- steps ------------------------------------------------------------------------------------------------------ */

inline wait_again(j) {
    st[j] = WAITING; late[j] = false; out_now[j] = false; HEADS_ON_WAIT; ROOM
}

inline ended(j, how) {
    st[j] = how; late[j] = false; HEADS_ON_END; ROOM
}

inline claim_one(t, j) {
    assert(SIZE || gens < GENERATIONS - 1);
    assert(G3 || due[j]);
    assert(LOAD || !paused_answered);
    gens++; gen[j] = gens; tok[j] = t; st[j] = CLAIMED; late[j] = false; out_now[j] = false;
    if
    :: j == 2 -> ahead = (st[1] == WAITING || (st[1] == CLAIMED && !out_now[1]))
    :: else
    fi;
    HEADS_ON_CLAIM;
    assert(LOAD || BACKLOG <= BOUND)
}

#define CLAIMABLE (TRUE_HEAD != 0 && !PAUSED && DUE_ON_CLAIM(TRUE_HEAD) && !FULL)
#define CLAIMS(t) (HOLDS(t) && CLAIMABLE)

/* As many as are due, up to the limit and the bound; into hand[k], where somebody takes the answer (k > 0). */
inline claim(t, k) {
    taken = 0;
    do
    :: taken < LIMIT && CLAIMABLE ->
        now = TRUE_HEAD; claim_one(t, now); taken++;
        if
        :: k > 0 && now == 1 -> hand1[k] = gens
        :: k > 0 && now == 2 -> hand2[k] = gens
        :: else
        fi
    :: else -> break
    od;
    if
    :: TRUE_HEAD != 0 && FULL -> again = true
    :: else
    fi;
    taken = 0; now = 0
}
byte taken, now;

/* A sweep takes a batch whole: its limit is that of a claim. */
#define SWEPT_BY(t, j) (st[j] == CLAIMED && (tok[j] != (t) || late[j]))
inline sweep(t) {
#ifdef SWEEP_IN_PARTS
    if
    :: HOLDS(t) && SWEPT_BY(t, 1) -> wait_again(1)
    :: HOLDS(t) && SWEPT_BY(t, 2) -> wait_again(2)
    :: else
    fi
#else
    if
    :: HOLDS(t) && SWEPT_BY(t, 1) -> wait_again(1)
    :: else
    fi;
    if
    :: HOLDS(t) && SWEPT_BY(t, 2) -> wait_again(2)
    :: else
    fi
#endif
}

#ifdef NO_GENERATION_ON_PUT_BACK
#define GENERATION_ON_PUT_BACK(j, g) true
#else
#define GENERATION_ON_PUT_BACK(j, g) (gen[j] == (g))
#endif
inline put_back_named(t, j, g) {
    if
    :: HOLDS(t) && st[j] == CLAIMED && tok[j] == t && GENERATION_ON_PUT_BACK(j, g) -> wait_again(j)
    :: else
    fi
}

#ifdef NO_GENERATION_ON_MARK
#define GENERATION_ON_MARK(j, g) true
#else
#define GENERATION_ON_MARK(j, g) (gen[j] == (g))
#endif
inline mark_sent(t, j, g) {
    if
    :: HOLDS(t) && st[j] == CLAIMED && tok[j] == t && GENERATION_ON_MARK(j, g) -> st[j] = SENT; late[j] = false
    :: else
    fi
}

/* ---- the broker ------------------------------------------------------------------------------------------------- */

byte queue1[2], queue2[2]; /* generations of messages; of one job two at most matter */

inline enqueue(j, g) {
    if
    :: st[j] == CLAIMED && gen[j] == g ->
        out_now[j] = true;
        assert(ORDER || j != 2 || !ahead || !(st[1] == WAITING || (st[1] == CLAIMED && !out_now[1])));
        if
        :: j == 1 -> queue1[0] = g
        :: else -> queue2[0] = g
        fi
    :: st[j] == SENT && gen[j] == g -> /* a copy */
        if
        :: j == 1 -> queue1[0] = g
        :: else -> queue2[0] = g
        fi
    :: else /* stale: it is refused at begin, and can be left out */
    fi
}

/* ---- a keeper --------------------------------------------------------------------------------------------------- */

byte names[KEEPERS + 1];
byte hand1[KEEPERS + 1], hand2[KEEPERS + 1]; /* generations that it claimed */
#define token names[k]
#define EMPTY (hand1[k] == 0 && hand2[k] == 0)

#define W_CLAIM 1
#define W_BACK 2
#define W_MARK 3
#define W_PAUSE 4
byte w_op, w_t, w_j, w_g;
#define LATE(op, t, j, g) w_op = op; w_t = t; w_j = j; w_g = g
#define WIRE_FREE (w_op == 0)

#ifdef NO_DOUBT
#define DOUBT skip
#else
#define DOUBT token = 0; swept = false; hand1[k] = 0; hand2[k] = 0; out1 = false; out2 = false
#endif

/* What a look tells, from the registry alone. */
#define LATE_ONE ((IN_FLIGHT(st[1]) && late[1]) || (IN_FLIGHT(st[2]) && late[2]))
#define TOLD ((line_head != 0 && due[line_head] && !again && !PAUSED) || (open_head && (LATE_ONE || !TRUE_OPEN)))

proctype keeper(byte k) {
    bool swept, out1, out2;

end:
    do
    :: atomic { token == 0 && TOLD && (!lease_live || lease_owner == k) ->
        assert(LOAD || (TRUE_HEAD != 0 && due[TRUE_HEAD]) || (TRUE_OPEN && LATE_ONE));
#ifdef NO_NEW_TERM
        if
        :: lease_live && lease_owner == k
        :: else -> tokens++
        fi;
#else
        tokens++;
#endif
        lease_token = tokens; lease_owner = k; lease_live = true; token = tokens; swept = false }
    :: atomic { token != 0 && !HOLDS(token) && EMPTY -> token = 0; swept = false }

#ifdef NO_SWEEP_FIRST
    :: atomic { token != 0 && !swept -> swept = true }
#else
    :: atomic { token != 0 && !swept && HOLDS(token) && (SWEPT_BY(token, 1) || SWEPT_BY(token, 2)) -> sweep(token) }
    :: atomic { token != 0 && !swept && HOLDS(token) && !(SWEPT_BY(token, 1) || SWEPT_BY(token, 2)) -> swept = true }
#endif
    :: atomic { token != 0 && swept && EMPTY && HOLDS(token) && ((st[1] == CLAIMED && late[1]) || (st[2] == CLAIMED && late[2])) ->
        sweep(token) }

    :: atomic { token != 0 && swept && EMPTY && CLAIMS(token) ->
        if
        :: claim(token, k)
        :: TROUBLE;
            claim(token, 0); /* the reply is lost */
#ifdef CLAIM_RESENT
            if
            :: CLAIMABLE -> claim(token, k) /* by a client library */
            :: else -> DOUBT
            fi
#else
            DOUBT
#endif
        :: WIRE_FREE && TROUBLE; LATE(W_CLAIM, token, 0, 0); DOUBT
        fi }

#ifdef IN_ONE_STEP /* claim, publish and mark at once, where queue and store are one database */
    :: atomic { token != 0 && swept && EMPTY && CLAIMS(token) ->
        now = TRUE_HEAD; claim_one(token, now); enqueue(now, gens); st[now] = SENT; now = 0 }
#endif

    /* publish: in due order; stopped anywhere in between */
    :: atomic { hand1[k] != 0 && !out1 ->
        if
        :: enqueue(1, hand1[k]); out1 = true
        :: TROUBLE; /* refused */
            if :: gen[1] == hand1[k] -> ahead = false :: else fi;
            put_back_named(token, 1, hand1[k]);
            if
            :: true
            :: WIRE_FREE && TROUBLE; LATE(W_BACK, token, 1, hand1[k])
            fi;
            hand1[k] = 0
        :: TROUBLE; if :: gen[1] == hand1[k] -> ahead = false :: else fi; DOUBT
        fi }
    :: atomic { hand2[k] != 0 && !out2 && (hand1[k] == 0 || out1) ->
        if
        :: enqueue(2, hand2[k]); out2 = true
        :: TROUBLE; put_back_named(token, 2, hand2[k]); hand2[k] = 0
        fi }

    /* mark */
    :: atomic { hand1[k] != 0 && out1 && (hand2[k] == 0 || out2) ->
        if
        :: mark_sent(token, 1, hand1[k]); hand1[k] = 0; out1 = false
        :: WIRE_FREE && TROUBLE; mark_sent(token, 1, hand1[k]); LATE(W_MARK, token, 1, hand1[k]); hand1[k] = 0; out1 = false
        fi }
    :: atomic { hand1[k] == 0 && hand2[k] != 0 && out2 -> mark_sent(token, 2, hand2[k]); hand2[k] = 0; out2 = false }

    /* resend, rescue */
    :: atomic { token != 0 && swept && EMPTY && HOLDS(token) && st[1] == SENT && late[1] -> late[1] = false; enqueue(1, gen[1]) }
    :: atomic { token != 0 && swept && EMPTY && HOLDS(token) && st[2] == SENT && late[2] -> late[2] = false; enqueue(2, gen[2]) }
    :: atomic { token != 0 && swept && EMPTY && HOLDS(token) && st[1] == RUNNING && late[1] -> ahead = false; wait_again(1) }
    :: atomic { token != 0 && swept && EMPTY && HOLDS(token) && st[2] == RUNNING && late[2] -> wait_again(2) }

    :: atomic { token != 0 && swept && EMPTY && HOLDS(token) && !TOLD && !CLAIMABLE -> lease_live = false; token = 0; swept = false }

    :: atomic { (token != 0 || !EMPTY) && TROUBLE;
        token = 0; swept = false; hand1[k] = 0; hand2[k] = 0; out1 = false; out2 = false }
    od
}
#undef token

/* ---- workers, time, late copies --------------------------------------------------------------------------------- */

#define EXTENDED(j, h) (lease_live && tok[j] == lease_token && names[lease_owner] == lease_token && h[lease_owner] == gen[j])

proctype world() {
end:
    do
    :: atomic { !due[1] && st[1] == WAITING -> due[1] = true }
    :: atomic { !due[2] && st[2] == WAITING && (due[1] || st[1] == NONE) -> due[2] = true; due[1] = true }

    :: atomic { lease_live && names[lease_owner] == lease_token && TROUBLE; lease_live = false }
    :: atomic { lease_live && names[lease_owner] != lease_token -> lease_live = false }
    :: atomic { st[1] == CLAIMED && !late[1] && !EXTENDED(1, hand1) -> late[1] = true }
    :: atomic { st[2] == CLAIMED && !late[2] && !EXTENDED(2, hand2) -> late[2] = true }
    :: atomic { st[1] == SENT && !late[1] && queue1[0] != gen[1] -> late[1] = true }
    :: atomic { st[2] == SENT && !late[2] && queue2[0] != gen[2] -> late[2] = true }

    /* a worker begins what is valid, and finishes */
    :: atomic { queue1[0] != 0 ->
        if
        :: ON_ITS_WAY(st[1]) && gen[1] == queue1[0] -> st[1] = RUNNING; late[1] = false; ROOM
        :: else
        fi; queue1[0] = 0 }
    :: atomic { queue2[0] != 0 ->
        if
        :: ON_ITS_WAY(st[2]) && gen[2] == queue2[0] -> st[2] = RUNNING; late[2] = false; ROOM
        :: else
        fi; queue2[0] = 0 }
    :: atomic { st[1] == RUNNING && !late[1] -> ended(1, SUCCEEDED) }
    :: atomic { st[2] == RUNNING && !late[2] -> ended(2, SUCCEEDED) }
    :: atomic { st[1] == RUNNING && !late[1] && TROUBLE; late[1] = true } /* its worker died */
    :: atomic { queue1[0] != 0 && TROUBLE; queue1[0] = 0 } /* a message is lost */
    :: atomic { ON_ITS_WAY(st[1]) && TROUBLE; ahead = false; wait_again(1) } /* settled by a worker, changed by a client */

#ifndef NO_LOOK_AGAIN
    :: atomic { again -> again = false } /* a poll interval later */
#endif

    :: atomic { w_op != 0 ->
        if
        :: w_op == W_CLAIM -> if :: CLAIMS(w_t) -> claim(w_t, 0) :: else fi
        :: w_op == W_BACK -> put_back_named(w_t, w_j, w_g)
        :: w_op == W_MARK -> mark_sent(w_t, w_j, w_g)
        :: w_op == W_PAUSE ->
#ifdef NO_CALL_ID_ON_PAUSE
            paused = true
#else
            paused = (pause_known -> paused : true)
#endif
        fi;
        w_op = 0; w_t = 0; w_j = 0; w_g = 0 }
    od
}

/* ---- clients ---------------------------------------------------------------------------------------------------- */

proctype client() {
    atomic { st[1] = WAITING; HEADS_ON_ADD }
    atomic { st[2] = WAITING; HEADS_ON_ADD }
}

proctype operator() {
#ifdef PAUSING
    atomic {
        paused = true; pause_known = true; paused_answered = true;
        if
        :: true
        :: WIRE_FREE && TROUBLE; LATE(W_PAUSE, 0, 0, 0)
        fi
    }
    atomic { paused = false; paused_answered = false }
#endif
    skip
}

proctype judge() {
end:
    do
    :: atomic { timeout -> assert(END || (HAS_ENDED(st[1]) && HAS_ENDED(st[2]))); break }
    od
}

init {
    atomic { run keeper(1); run keeper(2); run world(); run client(); run operator(); run judge() }
}
