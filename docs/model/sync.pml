/*
 * Desks, their outboxes and mirrors, and the registry with its counter, commands and feed; lines that lose requests and answers,
 * processes that are killed, and one restore of the registry from an older backup. See README.md for what is proven and what is not.
 *
 * A mutant is chosen with -DNUMBER_EARLY, -DNO_COMMAND_ROW, -DCURSOR_FIRST, -DFORGET_SENDING, -DNO_OFFER_AGAIN or
 * -DANSWER_NAMES_NO_EPOCH.
 */

#ifndef DESKS
#define DESKS 2
#endif
#ifndef EACH
#define EACH 2           /* commands of a desk */
#endif
#ifndef FAULTS
#define FAULTS 2         /* requests or answers lost, time-outs, kills */
#endif
#ifndef RESTORES
#define RESTORES 1
#endif
#define N (DESKS * EACH)

mtype = { queued, sending, done };

/* the registry's database: what is here has been committed */
byte log[N + 2];         /* log[seq]: command + 1; 0: no such event, or not committed yet */
byte counter;            /* seq of the last event */
bit  row[N];             /* the command's row, with its answer */
byte effects[N];         /* how often a command took effect */
byte epoch = 1;
/* locks of transactions under way */
bit  counterHeld;
bit  rowHeld[N];
byte under_way;          /* transactions begun and not ended */
bit  busy;               /* the first process of the registry is at work */

/* the desks' files */
mtype state[N];
byte answeredIn[N];      /* epoch of the answer */
byte cursor[DESKS];
byte mirrorEpoch[DESKS];
bit  mirror[DESKS * N];  /* command whose event is in the mirror */

byte faults, restores;
bit  finished[DESKS];

/* the lines: a request with its desk, and the answer to it */
chan request = [DESKS] of { byte, byte };      /* desk, command */
chan answer[DESKS] = [1] of { byte, byte };    /* command, epoch it was done in */

#define FAULT atomic { faults < FAULTS -> faults++ }

/*
 * A process of the registry: takes commands, each in one transaction. Two of them run side by side and are alike, so that of two that
 * rest it is always the first that takes the next request: the other way round is the same with their names exchanged.
 */
active [2] proctype Registry()
{
  byte d, c, seq, mine;
end: do
  :: atomic { (_pid == 0 || busy) && nempty(request) -> request ? d, c;
       if :: _pid == 0 -> busy = 1 :: else fi;
       under_way++; mine = epoch };
     /* the command's row: another transaction with the same id is waited for; one that was there before is answered with its answer */
#ifdef NO_COMMAND_ROW
     atomic { !rowHeld[c] -> rowHeld[c] = 1 };
#else
     atomic { !rowHeld[c] ->
       if
       :: row[c] -> under_way--; goto reply
       :: else -> rowHeld[c] = 1
       fi };
#endif
#ifdef NUMBER_EARLY
     /* mutant: a number is taken first, as from a sequence, and never given back */
     atomic { counter < N + 1 -> counter++; seq = counter };
#else
     /* the counter's row is the last that the transaction takes, and it keeps it until it ends */
     atomic { !counterHeld -> counterHeld = 1; counter++; seq = counter };
#endif
     if
     :: atomic { log[seq] = c + 1; row[c] = 1; effects[c]++; counterHeld = 0;      /* commit: what it held is free */
          rowHeld[c] = 0; under_way-- }
     :: atomic { faults < FAULTS ->                                               /* killed: all of it is taken back */
          faults++;
#ifndef NUMBER_EARLY
          counter--; counterHeld = 0;
#endif
          rowHeld[c] = 0; under_way--;
          if :: _pid == 0 -> busy = 0 :: else fi };
        goto end
     fi;
reply:
     if
     :: atomic { answer[d] ! c, mine; if :: _pid == 0 -> busy = 0 :: else fi }
     :: atomic { faults < FAULTS -> faults++;                                     /* the answer is lost, or the process killed */
          if :: _pid == 0 -> busy = 0 :: else fi }
     fi
  od
}

/* The registry comes back from a backup that is older by some events, under another epoch. */
active proctype Operator()
{
  byte c;
end: do
  :: atomic {
       restores < RESTORES && under_way == 0 && counter > 0 && len(request) == 0 ->
       restores++;
       epoch++;
       do
       :: counter > 0 ->
          c = log[counter] - 1;
          log[counter] = 0; row[c] = 0; effects[c]--; counter--;
          if :: break :: skip fi
       :: else -> break
       od
     }
  od
}

/* The desk takes over another history: its mirror begins anew, what the old one had acknowledged is offered again. */
inline adopt(e)
{
  d_step {
    i = 0;
    do
    :: i < EACH ->
#ifndef NO_OFFER_AGAIN
       if
       :: state[d * EACH + i] == done && answeredIn[d * EACH + i] != e -> state[d * EACH + i] = queued
       :: else
       fi;
#endif
       i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < N -> mirror[d * N + i] = 0; i++
    :: else -> break
    od;
    cursor[d] = 0;
    mirrorEpoch[d] = e;
    i = 0
  }
}

/* Everything up to the cursor is in the mirror, nothing else, and the log has no holes below it. */
inline check_mirror()
{
  d_step {
    i = 1; n = 0;
    do
    :: i <= cursor[d] ->
       assert(mirrorEpoch[d] != epoch || log[i] != 0);
       i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < N -> n = n + mirror[d * N + i]; i++
    :: else -> break
    od;
    assert(n == cursor[d]);
    i = 0; n = 0
  }
}

proctype Desk(byte d)
{
  byte c, got, from, e, i, n, upTo;
round:
  /* hello */
  e = epoch;
  if
  :: mirrorEpoch[d] != e -> adopt(e)
  :: else
  fi;

  /* push: in the order they were given */
  c = d * EACH;
  do
  :: c < (d + 1) * EACH && state[c] == done -> c++
  :: c < (d + 1) * EACH && state[c] != done ->
     state[c] = sending;
     if
     :: request ! d, c
     :: FAULT                                                       /* the request is lost */
     fi;
     if
     :: answer[d] ? got, from ->
        if
#ifdef ANSWER_NAMES_NO_EPOCH
        :: got == c ->                                               /* mutant: taken for an answer of the history now */
#else
        :: got == c && from == e ->
#endif
           atomic {
             assert(effects[c] <= 1);
             state[c] = done; answeredIn[c] = e
           };
           c++
        :: else -> goto round                                        /* a late answer, or one of another history: asked again */
        fi
     :: FAULT -> goto killed_or_timed_out                            /* no answer in time, or killed while waiting */
     :: timeout -> goto round                                        /* nothing is on its way any more */
     fi
  :: c == (d + 1) * EACH -> break
  od;

  /* pull: events after the cursor; the registry refuses another epoch */
  do
  :: e != epoch -> goto round
  :: e == epoch ->
     upTo = cursor[d];
     d_step {
       i = cursor[d] + 1;
       do
       :: i <= N && i > cursor[d] -> if :: log[i] != 0 -> upTo = i :: else fi; i++
       :: else -> break
       od;
       i = 0
     };
     if
     :: upTo == cursor[d] -> break
     :: else
     fi;
#ifdef CURSOR_FIRST
     /* mutant: the cursor moves in a transaction of its own */
     n = cursor[d];
     cursor[d] = upTo;
     if :: FAULT -> goto killed_or_timed_out :: skip fi;
     d_step {
       i = n + 1; n = 0;
       do
       :: i <= upTo -> if :: log[i] != 0 -> mirror[d * N + log[i] - 1] = 1 :: else fi; i++
       :: else -> break
       od;
       i = 0
     };
#else
     /* one transaction: the events and the cursor; the page that was read is what is applied */
     atomic {
       if
       :: e == epoch ->
          d_step {
            i = cursor[d] + 1;
            do
            :: i <= upTo -> if :: log[i] != 0 -> mirror[d * N + log[i] - 1] = 1 :: else fi; i++
            :: else -> break
            od;
            i = 0;
            cursor[d] = upTo
          }
       :: else -> goto round
       fi
     };
#endif
     check_mirror()
  od;
  check_mirror();
  goto wait;

killed_or_timed_out:
#ifdef FORGET_SENDING
  /* mutant: what was sent counts as done */
  if
  :: state[c] == sending -> state[c] = done; answeredIn[c] = e
  :: else
  fi;
#endif
  goto round;

wait:
  /* idle until there is something to do */
  finished[d] = 1;
end:
  if
  :: e != epoch -> finished[d] = 0; goto round
  :: cursor[d] < counter && !counterHeld -> finished[d] = 0; goto round
  :: answer[d] ? got, from -> goto end                 /* a late answer to nobody */
  fi
}

init
{
  byte i;
  atomic {
    do
    :: i < N -> state[i] = queued; i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < DESKS -> mirrorEpoch[i] = 1; run Desk(i); i++
    :: else -> break
    od
  };
  /* nothing moves any more and both desks rest (if they do not, that is an error): every command took effect once, every mirror is
     at the head, every desk knows */
  timeout && finished[0] && finished[DESKS - 1];
  i = 0;
  do
  :: i < N ->
     assert(state[i] == done);
     assert(effects[i] == 1);
     i++
  :: else -> break
  od;
  assert(counter == N);
  i = 0;
  do
  :: i < DESKS -> assert(finished[i] && cursor[i] == counter && mirrorEpoch[i] == epoch); i++
  :: else -> break
  od
}
