/* What all models share: states, the properties by name, and trouble.
 *
 * A property is a flag that is never set, so that a failed assertion prints its name:
 * assert(G4 || what must hold). The words are those of the glossary.
 */

#define NONE 0 /* not stored, or forgotten */
#define WAITING 1
#define CLAIMED 2
#define SENT 3
#define RUNNING 4
#define SUCCEEDED 5
#define CANCELLED 6
#define DEAD 7

#define BEFORE_RUN(s) ((s) == WAITING || (s) == CLAIMED || (s) == SENT)
#define ON_ITS_WAY(s) ((s) == CLAIMED || (s) == SENT)
#define HAS_ENDED(s) ((s) >= SUCCEEDED)

hidden byte G1 = 0;    /* nothing acknowledged is lost: a job, a change, a replay */
hidden byte G2 = 0;    /* a dead letter has a reason: no healthy run is buried */
hidden byte G3 = 0;    /* never early */
hidden byte ORDER = 0; /* the other half of G3: a line is dispatched in due order */
hidden byte G4 = 0;    /* exactly one run per attempt, unless one was lost */
hidden byte G5 = 0;    /* one owner; an old one changes nothing, and its messages are refused */
hidden byte G6 = 0;    /* cancel is final and honest */
hidden byte G7 = 0;    /* nothing waits for longer than its deadlines say */
hidden byte R1 = 0;    /* a call that arrives twice has its first answer, and one effect */
hidden byte KEY = 0;   /* a key names one waiting job */
hidden byte LOAD = 0;  /* the backlog's bound, the pause of a queue, copies only of what is overdue */
hidden byte COUNT = 0; /* failures, losses and points are those that happened */
hidden byte END = 0;   /* a run of the model that can't go on has all jobs ended */
hidden byte SIZE = 0;  /* the model's own bounds are large enough: a failure here is the model's */

/* Crashes, stops, lost replies, late copies, lost and doubled messages: so many in one run of the model, of any kind,
 * anywhere, in any order. What heals them (a lease of a dead keeper that runs out, a deadline of what nobody has) is
 * free. */
#ifndef TROUBLES
#define TROUBLES 1
#endif
byte troubles = TROUBLES;
#define TROUBLE troubles > 0 -> troubles--

/* A larger number of troubles can be explored where they are of one kind: -DONLY_KEEPERS, -DONLY_WORKERS. */
#ifdef ONLY_WORKERS
#define KEEPER_TROUBLE false -> skip
#else
#define KEEPER_TROUBLE TROUBLE
#endif
#ifdef ONLY_KEEPERS
#define WORKER_TROUBLE false -> skip
#else
#define WORKER_TROUBLE TROUBLE
#endif
