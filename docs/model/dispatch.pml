/* One acknowledged job, two keepers, two workers, a queue that loses, doubles and reorders, and a client that cancels
 * or changes the job. A step of the store is one atomic step here, with the guard that steps/<step>.py says in prose.
 * -DNO_... drops a guard. What is left out: see README.md. */

#include "common.pml"

#define KEEPERS 2
#define WORKERS 2
#define GENERATIONS 9 /* more than TROUBLES, retries and a change can make */
#ifndef FAILURES
#define FAILURES 1    /* the policy: so many retries, then dead */
#endif
#ifndef POLLS
#define POLLS 1
#endif
#define DEATH 3       /* points of a child's death; a run lease that ran out adds one */
#define TOO_MANY 6

/* ---- the store -------------------------------------------------------------------------------------------------- */

byte st = WAITING;
bool due;             /* now >= due time */
byte gen;             /* given by claim */
byte tok;             /* under which it was claimed */
byte del;             /* delivery id under which it runs */
byte last;            /* delivery id of the last finish or settle */
bool late;            /* its deadline has passed */
bool requested;       /* a cancel */
bool poll_next;
byte failures;
byte points;

byte lease_token;     /* 0: never granted */
byte lease_owner;
bool lease_live;

byte tokens;          /* the counters of the stripe; two, where the store has one: what counts is that none repeats */
byte gens;
bool contact = true;  /* looks have come without a gap for long enough */

/* ---- the broker, and late copies of calls ----------------------------------------------------------------------- */

byte queue[GENERATIONS]; /* messages by generation: in any order */
byte deliveries;

#define W_CLAIM 1
#define W_MARK 2
#define W_SWEEP 3
#define W_BACK 4
#define W_RELEASE 5
#define W_RESCUE 6
#define W_BURY 7
#define W_BEGIN 8
#define W_FINISH 9
#define W_SETTLE 10
#define W_HOLD 11
#define W_DISPATCH 12
byte w_op, w_a, w_b, w_c; /* one call that is still on its way: a copy, or one whose sender gave up waiting */
#define LATE(op, a, b, c) w_op = op; w_a = a; w_b = b; w_c = c
#define WIRE_FREE (w_op == 0)

/* ---- what the properties remember (no step looks at it) --------------------------------------------------------- */

bool owner[KEEPERS + 1]; /* by rights: granted, and not run out, let go or granted anew since */
byte run_of[WORKERS + 1]; /* the delivery that the worker executes; 0: none */
bool run_lost[WORKERS + 1]; /* ... and whose run lease it let run out */
bool hurt;               /* a worker or child died, or let a run lease run out */
byte unstarted;          /* begins that were given and not followed by an execution */
bool answered_cancelled, answered_requested;
byte newest_at;          /* claims from this generation on carry the arguments of the last acknowledged change */
bool executed;
byte newest_out;         /* the newest generation that a broker was given */
byte failures_owed, points_owed; /* what happened, and has not been counted yet */

#ifdef BLIND /* what else goes wrong? */
#define ACTS(t) skip
#else
#define ACTS(t) assert(G5 || ((t) == tokens && lease_live))
#endif

/* ---- guards, and what is left of them --------------------------------------------------------------------------- */

#ifdef NO_RUN_OUT
#define HOLDS(t) (lease_token == (t))
#else
#define HOLDS(t) (lease_token == (t) && lease_live)
#endif

#ifdef NO_TOKEN_ON_CLAIM
#define TOKEN_ON_CLAIM(t) true
#else
#define TOKEN_ON_CLAIM(t) HOLDS(t)
#endif
#ifdef NO_TOKEN_ON_MARK
#define TOKEN_ON_MARK(t) true
#define CLAIMED_UNDER(t) true
#else
#define TOKEN_ON_MARK(t) HOLDS(t)
#define CLAIMED_UNDER(t) (tok == (t))
#endif
#ifdef NO_TOKEN_ON_PUT_BACK
#define TOKEN_ON_PUT_BACK(t) true
#else
#define TOKEN_ON_PUT_BACK(t) HOLDS(t)
#endif
#ifdef NO_TOKEN_ON_RELEASE
#define TOKEN_ON_RELEASE(t) true
#else
#define TOKEN_ON_RELEASE(t) HOLDS(t)
#endif
#ifdef NO_TOKEN_ON_RESEND
#define TOKEN_ON_RESEND(t) true
#else
#define TOKEN_ON_RESEND(t) HOLDS(t)
#endif
#ifdef NO_TOKEN_ON_RESCUE
#define TOKEN_ON_RESCUE(t) true
#else
#define TOKEN_ON_RESCUE(t) HOLDS(t)
#endif
#ifdef NO_TOKEN_ON_BURY
#define TOKEN_ON_BURY(t) true
#else
#define TOKEN_ON_BURY(t) HOLDS(t)
#endif

#ifdef NO_DUE_ON_CLAIM
#define DUE_ON_CLAIM true
#else
#define DUE_ON_CLAIM due
#endif
#ifdef NO_STATE_ON_MARK
#define STATE_ON_MARK (st == CLAIMED || st == RUNNING)
#else
#define STATE_ON_MARK (st == CLAIMED)
#endif
#ifdef NO_GENERATION_ON_MARK
#define GENERATION_ON_MARK(g) true
#else
#define GENERATION_ON_MARK(g) (gen == (g))
#endif
#ifdef NO_STATE_ON_PUT_BACK
#define STATE_ON_PUT_BACK (ON_ITS_WAY(st) || st == RUNNING)
#else
#define STATE_ON_PUT_BACK (st == CLAIMED)
#endif
#ifdef NO_OTHER_TOKEN_ON_PUT_BACK /* its first case */
#define OTHER_TOKEN(t) false
#else
#define OTHER_TOKEN(t) (tok != (t))
#endif
#ifdef NO_DEADLINE_ON_PUT_BACK
#define LATE_ON_PUT_BACK true
#else
#define LATE_ON_PUT_BACK late
#endif
#ifdef NO_OVERDUE_PUT_BACK /* its second case */
#define OVERDUE_BACK false
#else
#define OVERDUE_BACK LATE_ON_PUT_BACK
#endif
#ifdef NO_GENERATION_ON_PUT_BACK
#define GENERATION_ON_PUT_BACK(g) true
#else
#define GENERATION_ON_PUT_BACK(g) (gen == (g))
#endif
#ifdef NO_STATE_ON_RESEND
#define STATE_ON_RESEND (ON_ITS_WAY(st) || st == RUNNING)
#else
#define STATE_ON_RESEND (st == SENT)
#endif
#ifdef NO_DEADLINE_ON_RESEND
#define LATE_ON_RESEND true
#else
#define LATE_ON_RESEND late
#endif
#ifdef NO_STATE_ON_RESCUE
#define STATE_ON_RESCUE (ON_ITS_WAY(st) || st == RUNNING)
#else
#define STATE_ON_RESCUE (st == RUNNING)
#endif
#ifdef NO_DEADLINE_ON_RESCUE
#define LATE_ON_RESCUE true
#else
#define LATE_ON_RESCUE late
#endif
#ifdef NO_CONTACT_RULE
#define CONTACT true
#else
#define CONTACT contact
#endif
#ifdef NO_GENERATION_ON_HOLD
#define GENERATION_ON_HOLD(g) true
#else
#define GENERATION_ON_HOLD(g) (gen == (g))
#endif
#ifdef NO_STATE_ON_HOLD
#define STATE_ON_HOLD (ON_ITS_WAY(st) || st == WAITING || st == RUNNING)
#else
#define STATE_ON_HOLD ON_ITS_WAY(st)
#endif

#if defined(NO_WAITING_CHECK_ON_BEGIN)
#define STATE_ON_BEGIN (ON_ITS_WAY(st) || st == WAITING)
#elif defined(NO_RUNNING_CHECK_ON_BEGIN)
#define STATE_ON_BEGIN (ON_ITS_WAY(st) || st == RUNNING)
#elif defined(NO_ENDED_CHECK_ON_BEGIN)
#define STATE_ON_BEGIN (ON_ITS_WAY(st) || HAS_ENDED(st))
#else
#define STATE_ON_BEGIN ON_ITS_WAY(st)
#endif
#ifdef NO_GENERATION_ON_BEGIN
#define GENERATION_ON_BEGIN(g) true
#else
#define GENERATION_ON_BEGIN(g) (gen == (g))
#endif
#ifdef NO_SAME_DELIVERY_ON_BEGIN
#define SAME_DELIVERY(d) false
#else
#define SAME_DELIVERY(d) (st == RUNNING && del == (d))
#endif
#ifdef NO_LAST_ON_BEGIN
#define FINISHED_BEFORE(d) false
#else
#define FINISHED_BEFORE(d) (last == (d))
#endif
#define MAY_BEGIN(g, d) (!FINISHED_BEFORE(d) && STATE_ON_BEGIN && GENERATION_ON_BEGIN(g))

#ifdef NO_STATE_ON_FINISH
#define STATE_ON_FINISH (!HAS_ENDED(st))
#else
#define STATE_ON_FINISH (st == RUNNING)
#endif
#ifdef NO_DELIVERY_ON_FINISH
#define DELIVERY_ON_FINISH(d) true
#else
#define DELIVERY_ON_FINISH(d) (del == (d))
#endif
#ifdef NO_DELIVERY_ON_SETTLE
#define DELIVERY_ON_SETTLE(d) true
#else
#define DELIVERY_ON_SETTLE(d) (del == (d))
#endif
#ifdef NO_GENERATION_ON_SETTLE
#define GENERATION_ON_SETTLE(g) true
#else
#define GENERATION_ON_SETTLE(g) (gen == (g))
#endif
#ifdef NO_LAST_ON_SETTLE
#define SETTLED_BEFORE(d) false
#else
#define SETTLED_BEFORE(d) (last == (d))
#endif
#ifdef NO_STATE_ON_BURY
#define STATE_ON_BURY (ON_ITS_WAY(st) || st == RUNNING)
#else
#define STATE_ON_BURY ON_ITS_WAY(st)
#endif
#ifdef NO_GENERATION_ON_BURY
#define GENERATION_ON_BURY(g) true
#else
#define GENERATION_ON_BURY(g) (gen == (g))
#endif

#ifdef NO_CANCEL_ON_FINISH
#define CANCEL_ON_FINISH false
#else
#define CANCEL_ON_FINISH requested
#endif
#ifdef NO_CANCEL_ON_LOSS
#define CANCEL_ON_LOSS false
#else
#define CANCEL_ON_LOSS requested
#endif
#ifdef NO_RUNNING_CHECK_ON_CANCEL
#define CANCELS (BEFORE_RUN(st) || st == RUNNING)
#else
#define CANCELS BEFORE_RUN(st)
#endif
#if defined(NO_RUNNING_CHECK_ON_CHANGE)
#define CHANGES (BEFORE_RUN(st) || st == RUNNING)
#elif defined(NO_ENDED_CHECK_ON_CHANGE)
#define CHANGES (BEFORE_RUN(st) || HAS_ENDED(st))
#else
#define CHANGES BEFORE_RUN(st)
#endif

/* ---- steps of the store ----------------------------------------------------------------------------------------- */

/* Back to its line. Its old generation means nothing any more: the next claim gives a new one. */
inline wait_again(is_due) {
    st = WAITING; due = is_due; late = false; requested = false;
}

inline lose(how_much) {
    points = points + how_much;
    if
    :: how_much == DEATH -> assert(COUNT || points_owed > 0); points_owed--
    :: else
    fi;
    poll_next = false;
    if
    :: CANCEL_ON_LOSS -> st = CANCELLED
    :: else ->
        if
        :: points >= TOO_MANY -> st = DEAD
        :: else -> wait_again(due)
        fi
    fi
}

/* Something is due, or overdue: what a look tells from the registry's heads. */
#define NEEDED ((st == WAITING && due) || ((ON_ITS_WAY(st) || st == RUNNING) && late))

#ifdef NO_LEASE_CHECK_ON_LOOK
#define GRANTABLE(k) true
#else
#define GRANTABLE(k) (!lease_live || lease_owner == (k))
#endif

inline grant(k, into) {
    /* The lease of the asking keeper itself, which it does not name, is granted anew. */
    assert(G5 || !owner[3 - k]);
#ifdef NO_NEW_TERM
    if
    :: lease_live && lease_owner == k
    :: else -> tokens++; lease_token = tokens
    fi;
#else
    tokens++; lease_token = tokens;
#endif
    lease_owner = k; lease_live = true; owner[k] = true;
    into = lease_token
}

inline claim(t) {
    assert(SIZE || gens < GENERATIONS - 1);
    ACTS(t);
#ifdef NO_NEW_GENERATION
    gens = (gens == 0 -> 1 : gens);
#else
    gens++;
#endif
    gen = gens; tok = t; st = CLAIMED; late = false
}
#define CLAIMS(t) (TOKEN_ON_CLAIM(t) && st == WAITING && DUE_ON_CLAIM)

inline mark_sent(t, g) {
    if
    :: TOKEN_ON_MARK(t) && STATE_ON_MARK && CLAIMED_UNDER(t) && GENERATION_ON_MARK(g) ->
        ACTS(t);
        assert(G7 || gen <= newest_out); /* else it waits a begin timeout for a message that nobody has sent */
        st = SENT; late = false
    :: else
    fi
}

inline put_back_named(t, g) {
    if
    :: TOKEN_ON_PUT_BACK(t) && STATE_ON_PUT_BACK && tok == t && GENERATION_ON_PUT_BACK(g) ->
        ACTS(t);
        wait_again(due)
    :: else
    fi
}

inline sweep(t) {
    if
    :: TOKEN_ON_PUT_BACK(t) && STATE_ON_PUT_BACK && (OTHER_TOKEN(t) || OVERDUE_BACK) ->
        ACTS(t);
        wait_again(due)
    :: else
    fi
}

inline release(k, t) {
    if
    :: TOKEN_ON_RELEASE(t) -> lease_live = false; if :: t == tokens -> owner[k] = false :: else fi
    :: else
    fi
}

inline rescue(t) {
    if
    :: TOKEN_ON_RESCUE(t) && STATE_ON_RESCUE && LATE_ON_RESCUE && CONTACT ->
        ACTS(t);
        assert(G4 || hurt || st != RUNNING);
        assert(COUNT || st == RUNNING);
        lose(1)
    :: else
    fi
}

inline bury(t, g) { /* t 0: a worker's parent, which has no token */
    if
    :: (t == 0 || TOKEN_ON_BURY(t)) && STATE_ON_BURY && GENERATION_ON_BURY(g) ->
        if :: t != 0 -> ACTS(t) :: else fi;
        assert(G2 || st != RUNNING);
        assert(G1 || g >= newest_at);
        st = DEAD
    :: else
    fi
}

inline hold(g, d) {
    if
    :: STATE_ON_HOLD && GENERATION_ON_HOLD(g) ->
        assert(G7 || (ON_ITS_WAY(st) && gen == g)); /* else a dead one's deadline is put off by somebody else */
        late = false
    :: else
    fi
}
#define HOLD_REFUSED(g, d) (!(STATE_ON_HOLD && GENERATION_ON_HOLD(g)) && !(st == RUNNING && del == (d)))

/* Only where MAY_BEGIN. No healthy run may be going on elsewhere. */
inline begin(g, d) {
    assert(G4 || run_of[1] == 0 || run_lost[1]);
    assert(G4 || run_of[2] == 0 || run_lost[2]);
#ifndef BLIND
    assert(G5 || gen == g); /* what was published and put back since is refused */
#endif
    assert(G6 || !(answered_cancelled || answered_requested));
    st = RUNNING; del = d; late = false; poll_next = false; unstarted++
}

#define SUCCEED 1
#define RETRY 2
#define POLL 3
#define DIE 4
#define STOP 5

#define FAILED failures++; assert(COUNT || failures_owed > 0); failures_owed--

inline finish(d, kind) {
    if
    :: STATE_ON_FINISH && DELIVERY_ON_FINISH(d) ->
        last = d;
        if
        :: kind == SUCCEED -> st = SUCCEEDED
        :: kind == DIE -> FAILED; st = DEAD
        :: else ->
            if
            :: CANCEL_ON_FINISH -> st = CANCELLED
            :: else ->
                if
                :: kind == RETRY -> FAILED; poll_next = false; wait_again(false)
                :: kind == POLL -> poll_next = true; wait_again(false)
                :: kind == STOP -> wait_again(due)
                fi
            fi
        fi
    :: else
    fi
}

inline settle(d, g, how_much) {
    if
    :: SETTLED_BEFORE(d)
    :: else ->
        assert(R1 || last != d);
        if
        :: (st == RUNNING && DELIVERY_ON_SETTLE(d)) || (ON_ITS_WAY(st) && GENERATION_ON_SETTLE(g)) ->
            last = d;
            if
            :: how_much > 0 -> lose(how_much)
            :: else ->
                if
                :: CANCEL_ON_LOSS && st == RUNNING -> st = CANCELLED
                :: else -> wait_again(due)
                fi
            fi
        :: else
        fi
    fi
}

/* ---- a keeper --------------------------------------------------------------------------------------------------- */

#ifdef NO_DOUBT
#define DOUBT(hand) hand = 0
#else
#define DOUBT(hand) token = 0; hand = 0; swept = false
#endif

#define PUBLISH(g) queue[g]++; newest_out = (g > newest_out -> g : newest_out)

byte names[KEEPERS + 1]; /* the term that a keeper names; 0: none */
byte in_hand[KEEPERS + 1]; /* the generation that it claimed and has not settled */
#define token names[k]
#define hand in_hand[k]

proctype keeper(byte k) {
    bool swept; /* what older terms claimed has been put back */
    bool out;   /* ... and published */
    byte copy;  /* a generation to send again */

end:
    do
    /* look: a new term. (Renewals go on all the time, and are not steps here: a lease that is not renewed runs out.) */
    :: atomic { token == 0 && NEEDED && GRANTABLE(k) -> grant(k, token); swept = false }
#ifdef NO_TOKEN_ON_RENEW
    :: atomic { token != 0 && !HOLDS(token) -> lease_token = token; lease_owner = k; lease_live = true }
#endif
    /* ... and what it learns of one that it has lost; with something in hand the next step tells it as well */
    :: atomic { token != 0 && !HOLDS(token) && hand == 0 -> token = 0; swept = false; copy = 0 }

    /* put back: first of all in a term, and again for what is overdue */
#ifdef NO_SWEEP_FIRST
    :: atomic { token != 0 && !swept -> swept = true }
#else
    :: atomic { token != 0 && !swept -> sweep(token); swept = true }
    :: atomic { token != 0 && !swept && WIRE_FREE && KEEPER_TROUBLE; sweep(token); swept = true; LATE(W_SWEEP, token, 0, 0) }
#endif
#ifndef NO_OVERDUE_PUT_BACK
    :: atomic { token != 0 && swept && hand == 0 && STATE_ON_PUT_BACK && LATE_ON_PUT_BACK && HOLDS(token) -> sweep(token) }
#endif

    /* claim */
    :: atomic { token != 0 && swept && hand == 0 && CLAIMS(token) ->
        claim(token);
        if
        :: hand = gen; out = false
        :: KEEPER_TROUBLE; DOUBT(hand) /* the reply is lost */
        fi }
    :: atomic { token != 0 && swept && hand == 0 && CLAIMS(token) && WIRE_FREE && KEEPER_TROUBLE;
        LATE(W_CLAIM, token, 0, 0); DOUBT(hand) } /* no answer in time: it arrives later */

#ifdef IN_ONE_STEP /* claim, publish and mark at once, where queue and store are one database; a lost reply is nothing */
    :: atomic { token != 0 && swept && hand == 0 && CLAIMS(token) ->
        claim(token); PUBLISH(gen); st = SENT }
    :: atomic { token != 0 && swept && hand == 0 && CLAIMS(token) && WIRE_FREE && KEEPER_TROUBLE;
        LATE(W_DISPATCH, token, 0, 0) }
#endif

    /* publish what is in hand; it may have been stopped for long before it comes to that */
    :: atomic { hand != 0 && !out ->
        if
        :: PUBLISH(hand); out = true
        :: KEEPER_TROUBLE; /* refused: put back, named */
            put_back_named(token, hand);
            if
            :: hand = 0
            :: WIRE_FREE && KEEPER_TROUBLE; LATE(W_BACK, token, hand, 0); hand = 0
            fi
        :: KEEPER_TROUBLE; DOUBT(hand) /* in doubt, and not out */
        :: KEEPER_TROUBLE; PUBLISH(hand); DOUBT(hand) /* in doubt, and out */
        :: KEEPER_TROUBLE; bury(token, hand);
            if
            :: hand = 0
            :: WIRE_FREE && KEEPER_TROUBLE; LATE(W_BURY, token, hand, 0); hand = 0
            fi
        fi }

    /* mark sent: repeated until answered */
    :: atomic { hand != 0 && out ->
        if
        :: mark_sent(token, hand); hand = 0
        :: WIRE_FREE && KEEPER_TROUBLE; mark_sent(token, hand); LATE(W_MARK, token, hand, 0); hand = 0
        :: WIRE_FREE && KEEPER_TROUBLE; LATE(W_MARK, token, hand, 0); DOUBT(hand) /* not answered while it trusts its lease */
        fi }

    /* resend: sets the next deadline, then sends */
    :: atomic { token != 0 && swept && hand == 0 && copy == 0 && TOKEN_ON_RESEND(token) && STATE_ON_RESEND &&
                LATE_ON_RESEND && CONTACT ->
        ACTS(token);
        assert(LOAD || (late && st == SENT));
        late = false; copy = gen }
    :: atomic { copy != 0 -> 
        if
        :: PUBLISH(copy)
        :: KEEPER_TROUBLE /* refused: the next deadline brings another one */
        :: KEEPER_TROUBLE; bury(token, copy)
        fi; copy = 0 }

    /* rescue */
    :: atomic { token != 0 && swept && hand == 0 && TOKEN_ON_RESCUE(token) && STATE_ON_RESCUE && LATE_ON_RESCUE &&
                CONTACT -> rescue(token) }
    :: atomic { token != 0 && swept && hand == 0 && TOKEN_ON_RESCUE(token) && STATE_ON_RESCUE && LATE_ON_RESCUE &&
                CONTACT && WIRE_FREE && KEEPER_TROUBLE; rescue(token); LATE(W_RESCUE, token, 0, 0) }

    /* let go of a drained shard */
    :: atomic { token != 0 && swept && hand == 0 && copy == 0 && !NEEDED && HOLDS(token) ->
        release(k, token); token = 0; swept = false }
    :: atomic { token != 0 && swept && hand == 0 && copy == 0 && !NEEDED && HOLDS(token) && WIRE_FREE && KEEPER_TROUBLE;
        release(k, token); LATE(W_RELEASE, token, k, 0); token = 0; swept = false }

    /* killed, and started again: it knows nothing */
    :: atomic { (token != 0 || hand != 0) && KEEPER_TROUBLE; token = 0; hand = 0; swept = false; copy = 0; out = false }
    od
}

/* ---- a worker: a parent and one child --------------------------------------------------------------------------- */

#define EXECUTES(d) ((run_of[1] == (d) && !run_lost[1]) || (run_of[2] == (d) && !run_lost[2]))

#define NOT_TAKEN 0
#define TAKEN 1
#define ASKING 2 /* has asked for a begin, and heard nothing */
#define EXECUTING 3
#define FINISHING 4
#define WAITS (ph == TAKEN || ph == ASKING)

#define DROP ph = NOT_TAKEN; kind = 0; has[w] = 0; has_d[w] = 0

byte has[WORKERS + 1];   /* the generation of the message that a worker has; 0: none */
byte has_d[WORKERS + 1]; /* ... and the delivery id made for it */
#define g has[w]
#define d has_d[w]

proctype worker(byte w) {
    byte ph, kind, i;

end:
    do
    :: atomic { ph == NOT_TAKEN && (queue[1] + queue[2] + queue[3] + queue[4] + queue[5] + queue[6] + queue[7] +
                queue[8] > 0) ->
        if
        :: queue[1] > 0 -> i = 1
        :: queue[2] > 0 -> i = 2
        :: queue[3] > 0 -> i = 3
        :: queue[4] > 0 -> i = 4
        :: queue[5] > 0 -> i = 5
        :: queue[6] > 0 -> i = 6
        :: queue[7] > 0 -> i = 7
        :: queue[8] > 0 -> i = 8
        fi;
        queue[i]--; g = i; i = 0;
        deliveries++; d = deliveries; ph = TAKEN }

    /* hold; refused: dropped without settling */
    :: atomic { WAITS && late && !HOLD_REFUSED(g, d) && st != RUNNING -> hold(g, d) }
    :: atomic { ph == TAKEN && HOLD_REFUSED(g, d) -> DROP }
    :: atomic { ph == TAKEN && !HOLD_REFUSED(g, d) && st != RUNNING && WIRE_FREE && WORKER_TROUBLE; LATE(W_HOLD, g, d, 0) }

    /* begin */
    :: atomic { WAITS && (MAY_BEGIN(g, d) || SAME_DELIVERY(d)) ->
        if
        :: SAME_DELIVERY(d) -> late = false
        :: else -> begin(g, d)
        fi;
        if
        :: /* answered: the handler starts */
            assert(G3 || due);
            assert(G6 || !answered_cancelled);
            assert(G1 || g >= newest_at);
            unstarted--; executed = true; ph = EXECUTING; run_of[w] = d; run_lost[w] = false;
            if
            :: true
            :: WIRE_FREE && WORKER_TROUBLE; LATE(W_BEGIN, g, d, 0)
            fi
        :: WORKER_TROUBLE; ph = ASKING /* the reply is lost: asked again, until the begin timeout */
        fi }
    :: atomic { ph == ASKING && WORKER_TROUBLE; hurt = true; DROP } /* given up */
    :: atomic { WAITS && !(MAY_BEGIN(g, d) || SAME_DELIVERY(d)) -> DROP }

#ifdef UNREADABLE
    :: atomic { ph == TAKEN && WORKER_TROUBLE; bury(0, g); DROP }
#endif

    /* dropped before its begin (a revoke, a stop): settled */
    :: atomic { ph == TAKEN && WORKER_TROUBLE;
        settle(d, g, 0);
        if
        :: true
        :: WORKER_TROUBLE; settle(d, g, 0) /* the reply is lost: sent again */
        :: WIRE_FREE && WORKER_TROUBLE; LATE(W_SETTLE, d, g, 0)
        fi;
        DROP }

    /* the child dies, begun or not */
    :: atomic { (WAITS || ph == EXECUTING) && WORKER_TROUBLE;
        hurt = true; points_owed++; run_of[w] = 0; run_lost[w] = false;
        settle(d, g, DEATH);
        if
        :: true
        :: WIRE_FREE && WORKER_TROUBLE; LATE(W_SETTLE, d, g, DEATH)
        fi;
        DROP }

    /* heartbeat: told that it was taken over, or alive */
    :: atomic { ph >= EXECUTING && st == RUNNING && del == d && late -> late = false; run_lost[w] = false }
    :: atomic { ph == EXECUTING && !(st == RUNNING && del == d) -> run_of[w] = 0; run_lost[w] = false; DROP }

    /* the handler ends */
    :: atomic { ph == EXECUTING ->
        if
        :: kind = SUCCEED
        :: failures < FAILURES -> kind = RETRY
        :: failures >= FAILURES -> kind = DIE
        :: deliveries <= POLLS -> kind = POLL
        fi;
        if :: kind == RETRY || kind == DIE -> failures_owed++ :: else fi;
        ph = FINISHING; run_of[w] = 0; run_lost[w] = false }
    :: atomic { ph == FINISHING ->
#ifdef NO_LAST_ON_FINISH
        assert(R1 || last != d);
#endif
        finish(d, kind);
        if
        :: DROP
        :: WORKER_TROUBLE /* the reply is lost: sent again */
        :: WIRE_FREE && WORKER_TROUBLE; LATE(W_FINISH, d, kind, 0); DROP
        fi }

    /* the worker dies; what was not acknowledged may come back to the queue */
    :: atomic { ph != NOT_TAKEN && WORKER_TROUBLE;
        hurt = true; run_of[w] = 0; run_lost[w] = false;
        if
        :: queue[g]++
        :: true
        fi;
        DROP }
    od
}

#undef g
#undef d
#undef token
#undef hand

/* ---- time, the broker's own trouble, late copies ---------------------------------------------------------------- */

#define SOMEBODY_HAS(g) (queue[g] > 0 || has[1] == (g) || has[2] == (g))
#define PUBLISHING (lease_live && tok == lease_token && in_hand[lease_owner] == gen)
#define SOMEBODY_RUNS (has_d[1] == del || has_d[2] == del)

proctype world() {
end:
    do
    :: atomic { !due && st != NONE && !HAS_ENDED(st) -> due = true }

    /* The lease of a keeper that doesn't renew runs out: it is dead, stopped, or cut off from the store. */
    :: atomic { lease_live && names[lease_owner] == lease_token && KEEPER_TROUBLE;
        lease_live = false; owner[lease_owner] = false }
    :: atomic { lease_live && names[lease_owner] != lease_token -> lease_live = false; owner[lease_owner] = false }

    /* Deadlines. Of what is claimed: the lease ttl. Looks extend what its keeper is publishing, so it is one of a
     * lease that ran out, or of a claim that nobody knows of. */
    :: atomic { st == CLAIMED && !late && !PUBLISHING && has[1] != gen && has[2] != gen -> late = true }
    :: atomic { st == SENT && !late && !SOMEBODY_HAS(gen) -> late = true }
    :: atomic { st == SENT && !late && SOMEBODY_HAS(gen) && WORKER_TROUBLE; late = true } /* a slow queue */
    :: atomic { st == RUNNING && !late && !SOMEBODY_RUNS -> late = true }
    :: atomic { st == RUNNING && !late && SOMEBODY_RUNS && WORKER_TROUBLE;
        late = true; hurt = true;
        run_lost[1] = run_lost[1] || run_of[1] == del; run_lost[2] = run_lost[2] || run_of[2] == del }

    /* The store is away for longer than a run lease: nobody could beat. Contact is long enough again once everybody
     * could. */
    :: atomic { contact && st == RUNNING && !late && EXECUTES(del) && WORKER_TROUBLE; late = true; contact = false }
    :: atomic { !contact && !(st == RUNNING && late && SOMEBODY_RUNS) -> contact = true }

    /* The broker doubles or loses a message. */
    :: atomic { gen > 0 && queue[gen] > 0 && WORKER_TROUBLE; queue[gen]++ }
    :: atomic { gen > 0 && queue[gen] > 0 && WORKER_TROUBLE; queue[gen]-- }

    /* A late copy arrives. */
    :: atomic { w_op != 0 ->
        if
        :: w_op == W_CLAIM -> if :: CLAIMS(w_a) -> claim(w_a) :: else fi
        :: w_op == W_DISPATCH -> if :: CLAIMS(w_a) -> claim(w_a); PUBLISH(gen); st = SENT :: else fi
        :: w_op == W_MARK -> mark_sent(w_a, w_b)
        :: w_op == W_SWEEP -> sweep(w_a)
        :: w_op == W_BACK -> put_back_named(w_a, w_b)
        :: w_op == W_RELEASE -> release(w_b, w_a)
        :: w_op == W_RESCUE -> rescue(w_a)
        :: w_op == W_BURY -> bury(w_a, w_b)
        :: w_op == W_BEGIN -> if :: !SAME_DELIVERY(w_b) && MAY_BEGIN(w_a, w_b) -> begin(w_a, w_b) :: else fi
        :: w_op == W_FINISH -> finish(w_a, w_b)
        :: w_op == W_SETTLE -> settle(w_a, w_b, w_c)
        :: w_op == W_HOLD -> hold(w_a, w_b)
        fi;
        w_op = 0; w_a = 0; w_b = 0; w_c = 0 }
    od
}

/* ---- clients ---------------------------------------------------------------------------------------------------- */

proctype canceller() {
    atomic {
        if
        :: CANCELS ->
            assert(G6 || !(EXECUTES(del) && st == RUNNING));
            st = CANCELLED; answered_cancelled = true
        :: !CANCELS && st == RUNNING -> requested = true; answered_requested = true
        :: !CANCELS && st != RUNNING -> skip /* ended */
        fi
    }
}

proctype changer() {
    atomic {
        if
        :: CHANGES ->
            newest_at = gens + 1;
#ifdef NO_WAITING_ON_CHANGE
            due = false
#else
            wait_again(false)
#endif
        :: else /* running or ended: refused */
        fi
    }
}

/* ---- the end ---------------------------------------------------------------------------------------------------- */

proctype judge() {
end:
    do
    :: atomic { timeout ->
        assert(END || HAS_ENDED(st));
        assert(G1 || st != CANCELLED || answered_cancelled || answered_requested);
        assert(G2 || st != SUCCEEDED || executed);
        assert(G6 || !answered_cancelled || st == CANCELLED);
        assert(G4 || hurt || unstarted == 0);
        break }
    od
}

init {
    atomic { run keeper(1); run keeper(2); run worker(1);
#ifndef ONE_WORKER
        run worker(2);
#endif
         run world(); run judge();
#ifdef CANCELLING
        run canceller();
#endif
#ifdef CHANGING
        run changer();
#endif
        skip }
}
