	switch (t->back) {
	default: Uerror("bad return move");
	case  0: goto R999; /* nothing to undo */

		 /* PROC :init: */

	case 3: // STATE 1
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 4: // STATE 2
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 5: // STATE 3
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 6: // STATE 4
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 7: // STATE 5
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 8: // STATE 6
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 9: // STATE 7
		;
		;
		delproc(0, now._nr_pr-1);
		;
		goto R999;

	case 10: // STATE 9
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC judge */
;
		
	case 11: // STATE 1
		goto R999;

	case 12: // STATE 12
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC client */

	case 13: // STATE 2
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC world */

	case 14: // STATE 2
		;
		now.due = trpt->bup.oval;
		;
		goto R999;

	case 15: // STATE 7
		;
		now.owner[ Index(now.lease_owner, 3) ] = trpt->bup.ovals[2];
		now.lease_live = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 16: // STATE 11
		;
		now.owner[ Index(now.lease_owner, 3) ] = trpt->bup.ovals[1];
		now.lease_live = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 17: // STATE 14
		;
		now.late = trpt->bup.oval;
		;
		goto R999;

	case 18: // STATE 17
		;
		now.late = trpt->bup.oval;
		;
		goto R999;

	case 19: // STATE 21
		;
		now.late = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 20: // STATE 24
		;
		now.late = trpt->bup.oval;
		;
		goto R999;

	case 21: // STATE 31
		;
		now.run_lost[2] = trpt->bup.ovals[4];
		now.run_lost[1] = trpt->bup.ovals[3];
		now.hurt = trpt->bup.ovals[2];
		now.late = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 22: // STATE 36
		;
		now.contact = trpt->bup.ovals[2];
		now.late = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 23: // STATE 39
		;
		now.contact = trpt->bup.oval;
		;
		goto R999;

	case 24: // STATE 43
		;
		now.queue[ Index(now.gen, 9) ] = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 25: // STATE 47
		;
		now.queue[ Index(now.gen, 9) ] = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		;
		;
		;
		;
		;
		
	case 29: // STATE 263
		;
		now.w_c = trpt->bup.ovals[8];
		now.w_b = trpt->bup.ovals[7];
		now.w_a = trpt->bup.ovals[6];
		now.w_op = trpt->bup.ovals[5];
		now.late = trpt->bup.ovals[4];
		now.st = trpt->bup.ovals[3];
		now.tok = trpt->bup.ovals[2];
		now.gen = trpt->bup.ovals[1];
		now.gens = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;
;
		;
		
	case 31: // STATE 263
		;
		now.w_c = trpt->bup.ovals[5];
		now.w_b = trpt->bup.ovals[4];
		now.w_a = trpt->bup.ovals[3];
		now.w_op = trpt->bup.ovals[2];
		now.late = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;
;
		;
		;
		
	case 33: // STATE 73
		goto R999;

	case 34: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;
;
		;
		;
		
	case 36: // STATE 85
		goto R999;

	case 37: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;
;
		;
		
	case 39: // STATE 98
		;
		now.lease_live = trpt->bup.oval;
		;
		goto R999;

	case 40: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.owner[ Index(now.w_b, 3) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;
;
		;
		;
		
	case 42: // STATE 109
		goto R999;

	case 43: // STATE 114
		;
		poll_next = trpt->bup.ovals[1];
		now.points = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 44: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 45: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 46: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;
;
		;
		;
		;
		
	case 49: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 50: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;
;
		;
		;
		;
		
	case 53: // STATE 263
		;
		now.w_c = trpt->bup.ovals[8];
		now.w_b = trpt->bup.ovals[7];
		now.w_a = trpt->bup.ovals[6];
		now.w_op = trpt->bup.ovals[5];
		now.begins = trpt->bup.ovals[4];
		poll_next = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.del = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;
;
		;
		
	case 55: // STATE 165
		;
		now.last = trpt->bup.oval;
		;
		goto R999;

	case 56: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 57: // STATE 263
		;
		now.w_c = trpt->bup.ovals[5];
		now.w_b = trpt->bup.ovals[4];
		now.w_a = trpt->bup.ovals[3];
		now.w_op = trpt->bup.ovals[2];
		now.st = trpt->bup.ovals[1];
		now.failures = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 58: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 59: // STATE 177
		;
		poll_next = trpt->bup.ovals[1];
		now.failures = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 60: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;

	case 61: // STATE 184
		;
		poll_next = trpt->bup.oval;
		;
		goto R999;

	case 62: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;
;
		;
		
	case 64: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;

	case 65: // STATE 263
		;
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		;
		
	case 67: // STATE 263
		;
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 68: // STATE 211
		;
		now.last = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 70: // STATE 214
		;
		poll_next = trpt->bup.ovals[1];
		now.points = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 71: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 72: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 73: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;

	case 74: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 75: // STATE 263
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;

	case 76: // STATE 263
		;
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		;
		
	case 78: // STATE 263
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.late = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 79: // STATE 263
		;
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 80: // STATE 268
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC worker */

	case 81: // STATE 1
		;
	/* 0 */	((P1 *)_this)->ph = trpt->bup.oval;
		;
		;
		goto R999;

	case 82: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 83: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 84: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 85: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 86: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 87: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 88: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 89: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		now.deliveries = trpt->bup.ovals[4];
		((P1 *)_this)->i = trpt->bup.ovals[3];
		((P1 *)_this)->g = trpt->bup.ovals[2];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[1];
		((P1 *)_this)->i = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 90: // STATE 27
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[6];
		((P1 *)_this)->ph = trpt->bup.ovals[5];
		((P1 *)_this)->d = trpt->bup.ovals[4];
		now.deliveries = trpt->bup.ovals[3];
		((P1 *)_this)->i = trpt->bup.ovals[2];
		((P1 *)_this)->g = trpt->bup.ovals[1];
		now.queue[ Index(((P1 *)_this)->i, 9) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;
;
		;
		
	case 92: // STATE 31
		;
		now.late = trpt->bup.oval;
		;
		goto R999;
;
		
	case 93: // STATE 34
		goto R999;

	case 94: // STATE 43
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->kind = trpt->bup.ovals[6];
		((P1 *)_this)->ph = trpt->bup.ovals[5];
		((P1 *)_this)->d = trpt->bup.ovals[4];
		((P1 *)_this)->g = trpt->bup.ovals[3];
	/* 2 */	((P1 *)_this)->d = trpt->bup.ovals[2];
	/* 1 */	((P1 *)_this)->g = trpt->bup.ovals[1];
	/* 0 */	((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 95: // STATE 50
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;
;
		;
		;
		;
		
	case 98: // STATE 62
		;
		now.begins = trpt->bup.ovals[4];
		poll_next = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.del = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 99: // STATE 72
		;
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[3];
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[2];
		((P1 *)_this)->ph = trpt->bup.ovals[1];
		now.executions = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		
	case 100: // STATE 73
		goto R999;
;
		
	case 101: // STATE 81
		goto R999;

	case 102: // STATE 79
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;
;
		
	case 103: // STATE 85
		goto R999;

	case 104: // STATE 83
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;

	case 105: // STATE 93
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[7];
		((P1 *)_this)->kind = trpt->bup.ovals[6];
		((P1 *)_this)->ph = trpt->bup.ovals[5];
		((P1 *)_this)->d = trpt->bup.ovals[4];
		((P1 *)_this)->g = trpt->bup.ovals[3];
	/* 2 */	((P1 *)_this)->g = trpt->bup.ovals[2];
	/* 1 */	((P1 *)_this)->d = trpt->bup.ovals[1];
	/* 0 */	((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 106: // STATE 96
		;
		now.troubles = trpt->bup.ovals[1];
	/* 0 */	((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		
	case 107: // STATE 97
		goto R999;

	case 108: // STATE 100
		;
		now.last = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 110: // STATE 103
		;
		poll_next = trpt->bup.ovals[1];
		now.points = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 111: // STATE 105
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 112: // STATE 108
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 113: // STATE 113
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 114: // STATE 122
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 115: // STATE 127
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		
	case 116: // STATE 138
		goto R999;

	case 117: // STATE 154
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 118: // STATE 154
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[10];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[9];
		((P1 *)_this)->kind = trpt->bup.ovals[8];
		((P1 *)_this)->ph = trpt->bup.ovals[7];
		((P1 *)_this)->d = trpt->bup.ovals[6];
		((P1 *)_this)->g = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 11);
		goto R999;

	case 119: // STATE 154
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 120: // STATE 161
		;
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		now.died = trpt->bup.ovals[3];
		now.hurt = trpt->bup.ovals[2];
		now.troubles = trpt->bup.ovals[1];
	/* 0 */	((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;
;
		
	case 121: // STATE 162
		goto R999;

	case 122: // STATE 165
		;
		now.last = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 124: // STATE 168
		;
		poll_next = trpt->bup.ovals[1];
		now.points = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 125: // STATE 170
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 126: // STATE 173
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 127: // STATE 178
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 128: // STATE 187
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 129: // STATE 192
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		
	case 130: // STATE 203
		goto R999;

	case 131: // STATE 219
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 132: // STATE 219
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[10];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[9];
		((P1 *)_this)->kind = trpt->bup.ovals[8];
		((P1 *)_this)->ph = trpt->bup.ovals[7];
		((P1 *)_this)->d = trpt->bup.ovals[6];
		((P1 *)_this)->g = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 11);
		goto R999;

	case 133: // STATE 219
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 134: // STATE 223
		;
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[1];
		now.late = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 135: // STATE 233
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[9];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[8];
		((P1 *)_this)->kind = trpt->bup.ovals[7];
		((P1 *)_this)->ph = trpt->bup.ovals[6];
		((P1 *)_this)->d = trpt->bup.ovals[5];
		((P1 *)_this)->g = trpt->bup.ovals[4];
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[3];
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[2];
	/* 1 */	((P1 *)_this)->d = trpt->bup.ovals[1];
	/* 0 */	((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 10);
		goto R999;

	case 136: // STATE 235
		;
	/* 0 */	((P1 *)_this)->ph = trpt->bup.oval;
		;
		;
		goto R999;

	case 137: // STATE 236
		;
		((P1 *)_this)->kind = trpt->bup.oval;
		;
		goto R999;

	case 138: // STATE 238
		;
		((P1 *)_this)->kind = trpt->bup.oval;
		;
		goto R999;

	case 139: // STATE 240
		;
		((P1 *)_this)->kind = trpt->bup.oval;
		;
		goto R999;

	case 140: // STATE 242
		;
		((P1 *)_this)->kind = trpt->bup.oval;
		;
		goto R999;

	case 141: // STATE 252
		;
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[3];
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[2];
		((P1 *)_this)->ph = trpt->bup.ovals[1];
		now.finishes = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 142: // STATE 252
		;
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[2];
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[1];
		((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;
;
		;
		
	case 144: // STATE 256
		;
		now.last = trpt->bup.oval;
		;
		goto R999;

	case 145: // STATE 258
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 146: // STATE 261
		;
		now.st = trpt->bup.ovals[1];
		now.failures = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 147: // STATE 264
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 148: // STATE 268
		;
		poll_next = trpt->bup.ovals[1];
		now.failures = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 149: // STATE 272
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 150: // STATE 275
		;
		poll_next = trpt->bup.oval;
		;
		goto R999;

	case 151: // STATE 279
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		;
		
	case 153: // STATE 285
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		
	case 154: // STATE 296
		goto R999;

	case 155: // STATE 303
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;
;
		
	case 156: // STATE 319
		goto R999;

	case 157: // STATE 305
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;

	case 158: // STATE 317
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[10];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[9];
		((P1 *)_this)->kind = trpt->bup.ovals[8];
		((P1 *)_this)->ph = trpt->bup.ovals[7];
		((P1 *)_this)->d = trpt->bup.ovals[6];
		((P1 *)_this)->g = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 11);
		goto R999;

	case 159: // STATE 325
		;
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[3];
		now.hurt = trpt->bup.ovals[2];
		now.troubles = trpt->bup.ovals[1];
	/* 0 */	((P1 *)_this)->ph = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 160: // STATE 335
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[6];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		((P1 *)_this)->kind = trpt->bup.ovals[4];
		((P1 *)_this)->ph = trpt->bup.ovals[3];
		((P1 *)_this)->d = trpt->bup.ovals[2];
		((P1 *)_this)->g = trpt->bup.ovals[1];
		now.queue[ Index(((P1 *)_this)->g, 9) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 7);
		goto R999;

	case 161: // STATE 335
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 162: // STATE 335
		;
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[5];
		now.has[ Index(((P1 *)_this)->w, 3) ] = trpt->bup.ovals[4];
		((P1 *)_this)->kind = trpt->bup.ovals[3];
		((P1 *)_this)->ph = trpt->bup.ovals[2];
		((P1 *)_this)->d = trpt->bup.ovals[1];
		((P1 *)_this)->g = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 163: // STATE 340
		;
		p_restor(II);
		;
		;
		goto R999;

		 /* PROC keeper */
;
		;
		
	case 165: // STATE 10
		;
		((P0 *)_this)->swept = trpt->bup.ovals[6];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[5];
		now.owner[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[4];
		now.lease_live = trpt->bup.ovals[3];
		now.lease_owner = trpt->bup.ovals[2];
		now.lease_token = trpt->bup.ovals[1];
		now.tokens = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 7);
		goto R999;

	case 166: // STATE 15
		;
		((P0 *)_this)->copy = trpt->bup.ovals[2];
		((P0 *)_this)->swept = trpt->bup.ovals[1];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 167: // STATE 17
		;
	/* 0 */	((P0 *)_this)->swept = trpt->bup.oval;
		;
		;
		goto R999;
;
		
	case 168: // STATE 18
		goto R999;

	case 169: // STATE 29
		;
		((P0 *)_this)->swept = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 170: // STATE 29
		;
		((P0 *)_this)->swept = trpt->bup.oval;
		;
		goto R999;

	case 171: // STATE 32
		;
		now.troubles = trpt->bup.ovals[1];
	/* 0 */	((P0 *)_this)->swept = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		
	case 172: // STATE 33
		goto R999;

	case 173: // STATE 48
		;
		now.w_c = trpt->bup.ovals[8];
		now.w_b = trpt->bup.ovals[7];
		now.w_a = trpt->bup.ovals[6];
		now.w_op = trpt->bup.ovals[5];
		((P0 *)_this)->swept = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;

	case 174: // STATE 48
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		((P0 *)_this)->swept = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;
;
		;
		;
		
	case 176: // STATE 51
		goto R999;

	case 177: // STATE 56
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		
	case 178: // STATE 60
		goto R999;
;
		;
		
	case 180: // STATE 70
		;
		now.late = trpt->bup.ovals[4];
		now.st = trpt->bup.ovals[3];
		now.tok = trpt->bup.ovals[2];
		now.gen = trpt->bup.ovals[1];
		now.gens = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 181: // STATE 73
		;
		((P0 *)_this)->out = trpt->bup.ovals[1];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		
	case 182: // STATE 80
		goto R999;

	case 183: // STATE 78
		;
		((P0 *)_this)->swept = trpt->bup.ovals[3];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[2];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 184: // STATE 90
		;
		((P0 *)_this)->swept = trpt->bup.ovals[8];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[7];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[6];
		now.w_c = trpt->bup.ovals[5];
		now.w_b = trpt->bup.ovals[4];
		now.w_a = trpt->bup.ovals[3];
		now.w_op = trpt->bup.ovals[2];
		now.troubles = trpt->bup.ovals[1];
	/* 0 */	((P0 *)_this)->swept = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 9);
		goto R999;
;
		;
		
	case 186: // STATE 94
		;
		((P0 *)_this)->out = trpt->bup.ovals[1];
		now.queue[ Index(now.in_hand[ Index(((P0 *)_this)->k, 3) ], 9) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		
	case 187: // STATE 155
		goto R999;

	case 188: // STATE 96
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;
;
		
	case 189: // STATE 97
		goto R999;

	case 190: // STATE 102
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 191: // STATE 108
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.oval;
		;
		goto R999;
;
		
	case 192: // STATE 117
		goto R999;

	case 193: // STATE 115
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 194: // STATE 122
		;
		((P0 *)_this)->swept = trpt->bup.ovals[3];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[2];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 195: // STATE 128
		;
		((P0 *)_this)->swept = trpt->bup.ovals[4];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[3];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[2];
		now.queue[ Index(now.in_hand[ Index(((P0 *)_this)->k, 3) ], 9) ] = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 196: // STATE 130
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 198: // STATE 139
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 199: // STATE 139
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 200: // STATE 144
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.oval;
		;
		goto R999;
;
		
	case 201: // STATE 153
		goto R999;

	case 202: // STATE 151
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;
;
		;
		
	case 204: // STATE 166
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[2];
		now.late = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 205: // STATE 166
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.oval;
		;
		goto R999;
;
		
	case 206: // STATE 192
		goto R999;

	case 207: // STATE 168
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;

	case 208: // STATE 181
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[6];
		now.w_c = trpt->bup.ovals[5];
		now.w_b = trpt->bup.ovals[4];
		now.w_a = trpt->bup.ovals[3];
		now.w_op = trpt->bup.ovals[2];
		now.late = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 7);
		goto R999;

	case 209: // STATE 181
		;
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[4];
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 210: // STATE 190
		;
		((P0 *)_this)->swept = trpt->bup.ovals[7];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[6];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;

	case 211: // STATE 198
		;
		((P0 *)_this)->copy = trpt->bup.ovals[2];
		now.late = trpt->bup.ovals[1];
	/* 0 */	((P0 *)_this)->copy = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;
;
		;
		
	case 213: // STATE 221
		;
		((P0 *)_this)->copy = trpt->bup.ovals[1];
		now.queue[ Index(((P0 *)_this)->copy, 9) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 214: // STATE 221
		;
		((P0 *)_this)->copy = trpt->bup.oval;
		;
		goto R999;

	case 215: // STATE 221
		;
		((P0 *)_this)->copy = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 216: // STATE 205
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;
;
		;
		
	case 218: // STATE 221
		;
		((P0 *)_this)->copy = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 219: // STATE 221
		;
		((P0 *)_this)->copy = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;
;
		;
		;
		
	case 221: // STATE 224
		goto R999;

	case 222: // STATE 229
		;
		poll_next = trpt->bup.ovals[1];
		now.points = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 223: // STATE 231
		;
		now.st = trpt->bup.oval;
		;
		goto R999;
;
		
	case 224: // STATE 244
		goto R999;

	case 225: // STATE 234
		;
		now.st = trpt->bup.oval;
		;
		goto R999;

	case 226: // STATE 239
		;
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;
;
		
	case 227: // STATE 248
		goto R999;

	case 228: // STATE 252
		;
		now.troubles = trpt->bup.oval;
		;
		goto R999;
;
		
	case 229: // STATE 253
		goto R999;

	case 230: // STATE 258
		;
		poll_next = trpt->bup.ovals[1];
		now.points = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 231: // STATE 282
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 232: // STATE 282
		;
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 5);
		goto R999;

	case 233: // STATE 282
		;
		now.w_c = trpt->bup.ovals[7];
		now.w_b = trpt->bup.ovals[6];
		now.w_a = trpt->bup.ovals[5];
		now.w_op = trpt->bup.ovals[4];
		now.requested = trpt->bup.ovals[3];
		now.late = trpt->bup.ovals[2];
		now.due = trpt->bup.ovals[1];
		now.st = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 8);
		goto R999;

	case 234: // STATE 282
		;
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 4);
		goto R999;

	case 235: // STATE 284
		;
	/* 0 */	((P0 *)_this)->swept = trpt->bup.oval;
		;
		;
		goto R999;

	case 236: // STATE 286
		;
		now.lease_live = trpt->bup.oval;
		;
		goto R999;

	case 237: // STATE 297
		;
		((P0 *)_this)->swept = trpt->bup.ovals[2];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[1];
		now.owner[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 3);
		goto R999;

	case 238: // STATE 297
		;
		((P0 *)_this)->swept = trpt->bup.ovals[1];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 239: // STATE 300
		;
		now.troubles = trpt->bup.ovals[1];
	/* 0 */	((P0 *)_this)->swept = trpt->bup.ovals[0];
		;
		;
		ungrab_ints(trpt->bup.ovals, 2);
		goto R999;

	case 240: // STATE 302
		;
		now.lease_live = trpt->bup.oval;
		;
		goto R999;

	case 241: // STATE 317
		;
		((P0 *)_this)->swept = trpt->bup.ovals[6];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[5];
		now.w_c = trpt->bup.ovals[4];
		now.w_b = trpt->bup.ovals[3];
		now.w_a = trpt->bup.ovals[2];
		now.w_op = trpt->bup.ovals[1];
		now.owner[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 7);
		goto R999;

	case 242: // STATE 317
		;
		((P0 *)_this)->swept = trpt->bup.ovals[5];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[4];
		now.w_c = trpt->bup.ovals[3];
		now.w_b = trpt->bup.ovals[2];
		now.w_a = trpt->bup.ovals[1];
		now.w_op = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 243: // STATE 325
		;
		((P0 *)_this)->out = trpt->bup.ovals[5];
		((P0 *)_this)->copy = trpt->bup.ovals[4];
		((P0 *)_this)->swept = trpt->bup.ovals[3];
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[2];
		now.names[ Index(((P0 *)_this)->k, 3) ] = trpt->bup.ovals[1];
		now.troubles = trpt->bup.ovals[0];
		;
		ungrab_ints(trpt->bup.ovals, 6);
		goto R999;

	case 244: // STATE 330
		;
		p_restor(II);
		;
		;
		goto R999;
	}

