#define rand	pan_rand
#define pthread_equal(a,b)	((a)==(b))
#if defined(HAS_CODE) && defined(VERBOSE)
	#ifdef BFS_PAR
		bfs_printf("Pr: %d Tr: %d\n", II, t->forw);
	#else
		cpu_printf("Pr: %d Tr: %d\n", II, t->forw);
	#endif
#endif
	switch (t->forw) {
	default: Uerror("bad forward move");
	case 0:	/* if without executable clauses */
		continue;
	case 1: /* generic 'goto' or 'skip' */
		IfNotBlocked
		_m = 3; goto P999;
	case 2: /* generic 'else' */
		IfNotBlocked
		if (trpt->o_pm&1) continue;
		_m = 3; goto P999;

		 /* PROC :init: */
	case 3: // STATE 1 - dispatch.pml:783 - [(run keeper(1))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][1] = 1;
		if (!(addproc(II, 1, 0, 1)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 4: // STATE 2 - dispatch.pml:783 - [(run keeper(2))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][2] = 1;
		if (!(addproc(II, 1, 0, 2)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 5: // STATE 3 - dispatch.pml:783 - [(run worker(1))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][3] = 1;
		if (!(addproc(II, 1, 1, 1)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 6: // STATE 4 - dispatch.pml:783 - [(run worker(2))] (0:0:0 - 1)
		IfNotBlocked
		reached[5][4] = 1;
		if (!(addproc(II, 1, 1, 2)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 7: // STATE 5 - dispatch.pml:783 - [(run world())] (0:0:0 - 1)
		IfNotBlocked
		reached[5][5] = 1;
		if (!(addproc(II, 1, 2, 0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 8: // STATE 6 - dispatch.pml:783 - [(run client())] (0:0:0 - 1)
		IfNotBlocked
		reached[5][6] = 1;
		if (!(addproc(II, 1, 3, 0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 9: // STATE 7 - dispatch.pml:783 - [(run judge())] (0:0:0 - 1)
		IfNotBlocked
		reached[5][7] = 1;
		if (!(addproc(II, 1, 4, 0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 10: // STATE 9 - dispatch.pml:784 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[5][9] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC judge */
	case 11: // STATE 1 - dispatch.pml:772 - [(timeout)] (12:0:0 - 1)
		IfNotBlocked
		reached[4][1] = 1;
		if (!(((trpt->tau)&1)))
			continue;
		/* merge: assert((END||(st>=5)))(12, 2, 12) */
		reached[4][2] = 1;
		spin_assert((((int)END)||(((int)now.st)>=5)), "(END||(st>=5))", II, tt, t);
		/* merge: assert((((G1||(st!=6))||answered_cancelled)||answered_requested))(12, 3, 12) */
		reached[4][3] = 1;
		spin_assert((((((int)G1)||(((int)now.st)!=6))||((int)now.answered_cancelled))||((int)now.answered_requested)), "(((G1||(st!=6))||answered_cancelled)||answered_requested)", II, tt, t);
		/* merge: assert(((G2||(st!=5))||(executions>0)))(12, 4, 12) */
		reached[4][4] = 1;
		spin_assert(((((int)G2)||(((int)now.st)!=5))||(((int)now.executions)>0)), "((G2||(st!=5))||(executions>0))", II, tt, t);
		/* merge: assert(((G6||!(answered_cancelled))||(st==6)))(12, 5, 12) */
		reached[4][5] = 1;
		spin_assert(((((int)G6)|| !(((int)now.answered_cancelled)))||(((int)now.st)==6)), "((G6|| !(answered_cancelled))||(st==6))", II, tt, t);
		/* merge: assert(((G4||hurt)||(executions==begins)))(12, 6, 12) */
		reached[4][6] = 1;
		spin_assert(((((int)G4)||((int)now.hurt))||(((int)now.executions)==((int)now.begins))), "((G4||hurt)||(executions==begins))", II, tt, t);
		/* merge: goto :b3(12, 7, 12) */
		reached[4][7] = 1;
		;
		_m = 1; goto P999; /* 6 */
	case 12: // STATE 12 - dispatch.pml:780 - [-end-] (0:0:0 - 2)
		IfNotBlocked
		reached[4][12] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC client */
	case 13: // STATE 2 - dispatch.pml:765 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[3][2] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC world */
	case 14: // STATE 1 - dispatch.pml:691 - [(((!(due)&&(st!=0))&&!((st>=5))))] (265:0:1 - 1)
		IfNotBlocked
		reached[2][1] = 1;
		if (!((( !(((int)now.due))&&(((int)now.st)!=0))&& !((((int)now.st)>=5)))))
			continue;
		/* merge: due = 1(0, 2, 265) */
		reached[2][2] = 1;
		(trpt+1)->bup.oval = ((int)now.due);
		now.due = 1;
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 15: // STATE 4 - dispatch.pml:694 - [(((lease_live&&(names[lease_owner]==lease_token))&&(troubles>0)))] (265:0:3 - 1)
		IfNotBlocked
		reached[2][4] = 1;
		if (!(((((int)now.lease_live)&&(((int)now.names[ Index(((int)now.lease_owner), 3) ])==((int)now.lease_token)))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(265, 5, 265) */
		reached[2][5] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: lease_live = 0(265, 6, 265) */
		reached[2][6] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.lease_live);
		now.lease_live = 0;
#ifdef VAR_RANGES
		logval("lease_live", ((int)now.lease_live));
#endif
		;
		/* merge: owner[lease_owner] = 0(265, 7, 265) */
		reached[2][7] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.owner[ Index(((int)now.lease_owner), 3) ]);
		now.owner[ Index(now.lease_owner, 3) ] = 0;
#ifdef VAR_RANGES
		logval("owner[lease_owner]", ((int)now.owner[ Index(((int)now.lease_owner), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 16: // STATE 9 - dispatch.pml:696 - [((lease_live&&(names[lease_owner]!=lease_token)))] (265:0:2 - 1)
		IfNotBlocked
		reached[2][9] = 1;
		if (!((((int)now.lease_live)&&(((int)now.names[ Index(((int)now.lease_owner), 3) ])!=((int)now.lease_token)))))
			continue;
		/* merge: lease_live = 0(265, 10, 265) */
		reached[2][10] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.lease_live);
		now.lease_live = 0;
#ifdef VAR_RANGES
		logval("lease_live", ((int)now.lease_live));
#endif
		;
		/* merge: owner[lease_owner] = 0(265, 11, 265) */
		reached[2][11] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.owner[ Index(((int)now.lease_owner), 3) ]);
		now.owner[ Index(now.lease_owner, 3) ] = 0;
#ifdef VAR_RANGES
		logval("owner[lease_owner]", ((int)now.owner[ Index(((int)now.lease_owner), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 17: // STATE 13 - dispatch.pml:700 - [((((((st==2)&&!(late))&&!(((lease_live&&(tok==lease_token))&&(in_hand[lease_owner]==gen))))&&(has[1]!=gen))&&(has[2]!=gen)))] (265:0:1 - 1)
		IfNotBlocked
		reached[2][13] = 1;
		if (!((((((((int)now.st)==2)&& !(((int)now.late)))&& !(((((int)now.lease_live)&&(((int)now.tok)==((int)now.lease_token)))&&(((int)now.in_hand[ Index(((int)now.lease_owner), 3) ])==((int)now.gen)))))&&(((int)now.has[1])!=((int)now.gen)))&&(((int)now.has[2])!=((int)now.gen)))))
			continue;
		/* merge: late = 1(0, 14, 265) */
		reached[2][14] = 1;
		(trpt+1)->bup.oval = ((int)now.late);
		now.late = 1;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 18: // STATE 16 - dispatch.pml:701 - [((((st==3)&&!(late))&&!((((queue[gen]>0)||(has[1]==gen))||(has[2]==gen)))))] (265:0:1 - 1)
		IfNotBlocked
		reached[2][16] = 1;
		if (!((((((int)now.st)==3)&& !(((int)now.late)))&& !((((((int)now.queue[ Index(((int)now.gen), 9) ])>0)||(((int)now.has[1])==((int)now.gen)))||(((int)now.has[2])==((int)now.gen)))))))
			continue;
		/* merge: late = 1(0, 17, 265) */
		reached[2][17] = 1;
		(trpt+1)->bup.oval = ((int)now.late);
		now.late = 1;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 19: // STATE 19 - dispatch.pml:702 - [(((((st==3)&&!(late))&&(((queue[gen]>0)||(has[1]==gen))||(has[2]==gen)))&&(troubles>0)))] (265:0:2 - 1)
		IfNotBlocked
		reached[2][19] = 1;
		if (!(((((((int)now.st)==3)&& !(((int)now.late)))&&(((((int)now.queue[ Index(((int)now.gen), 9) ])>0)||(((int)now.has[1])==((int)now.gen)))||(((int)now.has[2])==((int)now.gen))))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(265, 20, 265) */
		reached[2][20] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: late = 1(265, 21, 265) */
		reached[2][21] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 1;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 20: // STATE 23 - dispatch.pml:703 - [((((st==4)&&!(late))&&!(((has_d[1]==del)||(has_d[2]==del)))))] (265:0:1 - 1)
		IfNotBlocked
		reached[2][23] = 1;
		if (!((((((int)now.st)==4)&& !(((int)now.late)))&& !(((((int)now.has_d[1])==((int)now.del))||(((int)now.has_d[2])==((int)now.del)))))))
			continue;
		/* merge: late = 1(0, 24, 265) */
		reached[2][24] = 1;
		(trpt+1)->bup.oval = ((int)now.late);
		now.late = 1;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 21: // STATE 26 - dispatch.pml:704 - [(((((st==4)&&!(late))&&((has_d[1]==del)||(has_d[2]==del)))&&(troubles>0)))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][26] = 1;
		if (!(((((((int)now.st)==4)&& !(((int)now.late)))&&((((int)now.has_d[1])==((int)now.del))||(((int)now.has_d[2])==((int)now.del))))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(265, 27, 265) */
		reached[2][27] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: late = 1(265, 28, 265) */
		reached[2][28] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 1;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: hurt = 1(265, 29, 265) */
		reached[2][29] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.hurt);
		now.hurt = 1;
#ifdef VAR_RANGES
		logval("hurt", ((int)now.hurt));
#endif
		;
		/* merge: run_lost[1] = (run_of[1]==del)(265, 30, 265) */
		reached[2][30] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.run_lost[1]);
		now.run_lost[1] = (((int)now.run_of[1])==((int)now.del));
#ifdef VAR_RANGES
		logval("run_lost[1]", ((int)now.run_lost[1]));
#endif
		;
		/* merge: run_lost[2] = (run_of[2]==del)(265, 31, 265) */
		reached[2][31] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.run_lost[2]);
		now.run_lost[2] = (((int)now.run_of[2])==((int)now.del));
#ifdef VAR_RANGES
		logval("run_lost[2]", ((int)now.run_lost[2]));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 22: // STATE 33 - dispatch.pml:710 - [(((((contact&&(st==4))&&!(late))&&(((run_of[1]==del)&&!(run_lost[1]))||((run_of[2]==del)&&!(run_lost[2]))))&&(troubles>0)))] (265:0:3 - 1)
		IfNotBlocked
		reached[2][33] = 1;
		if (!(((((((int)now.contact)&&(((int)now.st)==4))&& !(((int)now.late)))&&(((((int)now.run_of[1])==((int)now.del))&& !(((int)now.run_lost[1])))||((((int)now.run_of[2])==((int)now.del))&& !(((int)now.run_lost[2])))))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(265, 34, 265) */
		reached[2][34] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: late = 1(265, 35, 265) */
		reached[2][35] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 1;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: contact = 0(265, 36, 265) */
		reached[2][36] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.contact);
		now.contact = 0;
#ifdef VAR_RANGES
		logval("contact", ((int)now.contact));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 23: // STATE 38 - dispatch.pml:711 - [((!(contact)&&!((((st==4)&&late)&&(((run_of[1]==del)&&!(run_lost[1]))||((run_of[2]==del)&&!(run_lost[2])))))))] (265:0:1 - 1)
		IfNotBlocked
		reached[2][38] = 1;
		if (!(( !(((int)now.contact))&& !((((((int)now.st)==4)&&((int)now.late))&&(((((int)now.run_of[1])==((int)now.del))&& !(((int)now.run_lost[1])))||((((int)now.run_of[2])==((int)now.del))&& !(((int)now.run_lost[2])))))))))
			continue;
		/* merge: contact = 1(0, 39, 265) */
		reached[2][39] = 1;
		(trpt+1)->bup.oval = ((int)now.contact);
		now.contact = 1;
#ifdef VAR_RANGES
		logval("contact", ((int)now.contact));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 24: // STATE 41 - dispatch.pml:714 - [((((gen>0)&&(queue[gen]>0))&&(troubles>0)))] (265:0:2 - 1)
		IfNotBlocked
		reached[2][41] = 1;
		if (!((((((int)now.gen)>0)&&(((int)now.queue[ Index(((int)now.gen), 9) ])>0))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(265, 42, 265) */
		reached[2][42] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: queue[gen] = (queue[gen]+1)(265, 43, 265) */
		reached[2][43] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)now.gen), 9) ]);
		now.queue[ Index(now.gen, 9) ] = (((int)now.queue[ Index(((int)now.gen), 9) ])+1);
#ifdef VAR_RANGES
		logval("queue[gen]", ((int)now.queue[ Index(((int)now.gen), 9) ]));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 25: // STATE 45 - dispatch.pml:715 - [((((gen>0)&&(queue[gen]>0))&&(troubles>0)))] (265:0:2 - 1)
		IfNotBlocked
		reached[2][45] = 1;
		if (!((((((int)now.gen)>0)&&(((int)now.queue[ Index(((int)now.gen), 9) ])>0))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(265, 46, 265) */
		reached[2][46] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: queue[gen] = (queue[gen]-1)(265, 47, 265) */
		reached[2][47] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)now.gen), 9) ]);
		now.queue[ Index(now.gen, 9) ] = (((int)now.queue[ Index(((int)now.gen), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[gen]", ((int)now.queue[ Index(((int)now.gen), 9) ]));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 26: // STATE 49 - dispatch.pml:718 - [((w_op!=0))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][49] = 1;
		if (!((((int)now.w_op)!=0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 27: // STATE 50 - dispatch.pml:720 - [((w_op==1))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][50] = 1;
		if (!((((int)now.w_op)==1)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 28: // STATE 51 - dispatch.pml:720 - [(((((lease_token==w_a)&&lease_live)&&(st==1))&&due))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][51] = 1;
		if (!(((((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live))&&(((int)now.st)==1))&&((int)now.due))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 29: // STATE 52 - dispatch.pml:326 - [assert((SIZE||(gens<(9-1))))] (0:265:9 - 1)
		IfNotBlocked
		reached[2][52] = 1;
		spin_assert((((int)SIZE)||(((int)now.gens)<(9-1))), "(SIZE||(gens<(9-1)))", II, tt, t);
		/* merge: assert((G5||((w_a==tokens)&&lease_live)))(265, 53, 265) */
		reached[2][53] = 1;
		spin_assert((((int)G5)||((((int)now.w_a)==((int)now.tokens))&&((int)now.lease_live))), "(G5||((w_a==tokens)&&lease_live))", II, tt, t);
		/* merge: gens = (gens+1)(265, 54, 265) */
		reached[2][54] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)now.gens);
		now.gens = (((int)now.gens)+1);
#ifdef VAR_RANGES
		logval("gens", ((int)now.gens));
#endif
		;
		/* merge: gen = gens(265, 55, 265) */
		reached[2][55] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.gen);
		now.gen = ((int)now.gens);
#ifdef VAR_RANGES
		logval("gen", ((int)now.gen));
#endif
		;
		/* merge: tok = w_a(265, 56, 265) */
		reached[2][56] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.tok);
		now.tok = ((int)now.w_a);
#ifdef VAR_RANGES
		logval("tok", ((int)now.tok));
#endif
		;
		/* merge: st = 2(265, 57, 265) */
		reached[2][57] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.st);
		now.st = 2;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: late = 0(265, 58, 265) */
		reached[2][58] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(265, 62, 265) */
		reached[2][62] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 13 */
	case 30: // STATE 63 - dispatch.pml:721 - [((w_op==2))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][63] = 1;
		if (!((((int)now.w_op)==2)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 31: // STATE 64 - dispatch.pml:339 - [((((((lease_token==w_a)&&lease_live)&&(st==2))&&(tok==w_a))&&(gen==w_b)))] (265:0:6 - 1)
		IfNotBlocked
		reached[2][64] = 1;
		if (!((((((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live))&&(((int)now.st)==2))&&(((int)now.tok)==((int)now.w_a)))&&(((int)now.gen)==((int)now.w_b)))))
			continue;
		/* merge: assert((G5||((w_a==tokens)&&lease_live)))(265, 65, 265) */
		reached[2][65] = 1;
		spin_assert((((int)G5)||((((int)now.w_a)==((int)now.tokens))&&((int)now.lease_live))), "(G5||((w_a==tokens)&&lease_live))", II, tt, t);
		/* merge: st = 3(265, 66, 265) */
		reached[2][66] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 3;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: late = 0(265, 67, 265) */
		reached[2][67] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(265, 70, 265) */
		reached[2][70] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 32: // STATE 72 - dispatch.pml:722 - [((w_op==3))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][72] = 1;
		if (!((((int)now.w_op)==3)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 33: // STATE 73 - dispatch.pml:357 - [(((((lease_token==w_a)&&lease_live)&&(st==2))&&((tok!=w_a)||late)))] (79:0:0 - 1)
		IfNotBlocked
		reached[2][73] = 1;
		if (!(((((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live))&&(((int)now.st)==2))&&((((int)now.tok)!=((int)now.w_a))||((int)now.late)))))
			continue;
		/* merge: assert((G5||((w_a==tokens)&&lease_live)))(0, 74, 79) */
		reached[2][74] = 1;
		spin_assert((((int)G5)||((((int)now.w_a)==((int)now.tokens))&&((int)now.lease_live))), "(G5||((w_a==tokens)&&lease_live))", II, tt, t);
		_m = 3; goto P999; /* 1 */
	case 34: // STATE 75 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][75] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(265, 76, 265) */
		reached[2][76] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 77, 265) */
		reached[2][77] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 78, 265) */
		reached[2][78] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 82, 265) */
		reached[2][82] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 35: // STATE 84 - dispatch.pml:723 - [((w_op==4))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][84] = 1;
		if (!((((int)now.w_op)==4)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 36: // STATE 85 - dispatch.pml:348 - [((((((lease_token==w_a)&&lease_live)&&(st==2))&&(tok==w_a))&&(gen==w_b)))] (91:0:0 - 1)
		IfNotBlocked
		reached[2][85] = 1;
		if (!((((((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live))&&(((int)now.st)==2))&&(((int)now.tok)==((int)now.w_a)))&&(((int)now.gen)==((int)now.w_b)))))
			continue;
		/* merge: assert((G5||((w_a==tokens)&&lease_live)))(0, 86, 91) */
		reached[2][86] = 1;
		spin_assert((((int)G5)||((((int)now.w_a)==((int)now.tokens))&&((int)now.lease_live))), "(G5||((w_a==tokens)&&lease_live))", II, tt, t);
		_m = 3; goto P999; /* 1 */
	case 37: // STATE 87 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][87] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(265, 88, 265) */
		reached[2][88] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 89, 265) */
		reached[2][89] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 90, 265) */
		reached[2][90] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 94, 265) */
		reached[2][94] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 38: // STATE 96 - dispatch.pml:724 - [((w_op==5))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][96] = 1;
		if (!((((int)now.w_op)==5)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 39: // STATE 97 - dispatch.pml:366 - [(((lease_token==w_a)&&lease_live))] (102:0:1 - 1)
		IfNotBlocked
		reached[2][97] = 1;
		if (!(((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live))))
			continue;
		/* merge: lease_live = 0(0, 98, 102) */
		reached[2][98] = 1;
		(trpt+1)->bup.oval = ((int)now.lease_live);
		now.lease_live = 0;
#ifdef VAR_RANGES
		logval("lease_live", ((int)now.lease_live));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 40: // STATE 99 - dispatch.pml:366 - [((w_a==tokens))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][99] = 1;
		if (!((((int)now.w_a)==((int)now.tokens))))
			continue;
		/* merge: owner[w_b] = 0(265, 100, 265) */
		reached[2][100] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.owner[ Index(((int)now.w_b), 3) ]);
		now.owner[ Index(now.w_b, 3) ] = 0;
#ifdef VAR_RANGES
		logval("owner[w_b]", ((int)now.owner[ Index(((int)now.w_b), 3) ]));
#endif
		;
		/* merge: .(goto)(265, 103, 265) */
		reached[2][103] = 1;
		;
		/* merge: .(goto)(265, 106, 265) */
		reached[2][106] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 41: // STATE 108 - dispatch.pml:725 - [((w_op==6))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][108] = 1;
		if (!((((int)now.w_op)==6)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 42: // STATE 109 - dispatch.pml:373 - [((((((lease_token==w_a)&&lease_live)&&(st==4))&&late)&&contact))] (130:0:0 - 1)
		IfNotBlocked
		reached[2][109] = 1;
		if (!((((((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live))&&(((int)now.st)==4))&&((int)now.late))&&((int)now.contact))))
			continue;
		/* merge: assert((G5||((w_a==tokens)&&lease_live)))(130, 110, 130) */
		reached[2][110] = 1;
		spin_assert((((int)G5)||((((int)now.w_a)==((int)now.tokens))&&((int)now.lease_live))), "(G5||((w_a==tokens)&&lease_live))", II, tt, t);
		/* merge: assert(((G4||hurt)||(st!=4)))(130, 111, 130) */
		reached[2][111] = 1;
		spin_assert(((((int)G4)||((int)now.hurt))||(((int)now.st)!=4)), "((G4||hurt)||(st!=4))", II, tt, t);
		/* merge: assert((COUNT||(st==4)))(130, 112, 130) */
		reached[2][112] = 1;
		spin_assert((((int)COUNT)||(((int)now.st)==4)), "(COUNT||(st==4))", II, tt, t);
		_m = 3; goto P999; /* 3 */
	case 43: // STATE 113 - dispatch.pml:289 - [points = (points+1)] (0:128:2 - 1)
		IfNotBlocked
		reached[2][113] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.points);
		now.points = (((int)now.points)+1);
#ifdef VAR_RANGES
		logval("points", ((int)now.points));
#endif
		;
		/* merge: poll_next = 0(128, 114, 128) */
		reached[2][114] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 44: // STATE 115 - dispatch.pml:292 - [(requested)] (265:0:5 - 1)
		IfNotBlocked
		reached[2][115] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(265, 116, 265) */
		reached[2][116] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 129, 265) */
		reached[2][129] = 1;
		;
		/* merge: .(goto)(265, 133, 265) */
		reached[2][133] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 45: // STATE 118 - dispatch.pml:295 - [((points>=6))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][118] = 1;
		if (!((((int)now.points)>=6)))
			continue;
		/* merge: st = 7(265, 119, 265) */
		reached[2][119] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 127, 265) */
		reached[2][127] = 1;
		;
		/* merge: .(goto)(265, 129, 265) */
		reached[2][129] = 1;
		;
		/* merge: .(goto)(265, 133, 265) */
		reached[2][133] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 46: // STATE 121 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][121] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(265, 122, 265) */
		reached[2][122] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 123, 265) */
		reached[2][123] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 124, 265) */
		reached[2][124] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 127, 265) */
		reached[2][127] = 1;
		;
		/* merge: .(goto)(265, 129, 265) */
		reached[2][129] = 1;
		;
		/* merge: .(goto)(265, 133, 265) */
		reached[2][133] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 12 */
	case 47: // STATE 135 - dispatch.pml:726 - [((w_op==7))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][135] = 1;
		if (!((((int)now.w_op)==7)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 48: // STATE 136 - dispatch.pml:384 - [(((((w_a==0)||((lease_token==w_a)&&lease_live))&&((st==2)||(st==3)))&&(gen==w_b)))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][136] = 1;
		if (!(((((((int)now.w_a)==0)||((((int)now.lease_token)==((int)now.w_a))&&((int)now.lease_live)))&&((((int)now.st)==2)||(((int)now.st)==3)))&&(((int)now.gen)==((int)now.w_b)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 49: // STATE 137 - dispatch.pml:385 - [((w_a!=0))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][137] = 1;
		if (!((((int)now.w_a)!=0)))
			continue;
		/* merge: assert((G5||((w_a==tokens)&&lease_live)))(265, 138, 265) */
		reached[2][138] = 1;
		spin_assert((((int)G5)||((((int)now.w_a)==((int)now.tokens))&&((int)now.lease_live))), "(G5||((w_a==tokens)&&lease_live))", II, tt, t);
		/* merge: .(goto)(265, 141, 265) */
		reached[2][141] = 1;
		;
		/* merge: assert((G2||(st!=4)))(265, 142, 265) */
		reached[2][142] = 1;
		spin_assert((((int)G2)||(((int)now.st)!=4)), "(G2||(st!=4))", II, tt, t);
		/* merge: assert((G1||(w_b>=newest_at)))(265, 143, 265) */
		reached[2][143] = 1;
		spin_assert((((int)G1)||(((int)now.w_b)>=((int)now.newest_at))), "(G1||(w_b>=newest_at))", II, tt, t);
		/* merge: st = 7(265, 144, 265) */
		reached[2][144] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 147, 265) */
		reached[2][147] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 12 */
	case 50: // STATE 142 - dispatch.pml:386 - [assert((G2||(st!=4)))] (0:265:5 - 3)
		IfNotBlocked
		reached[2][142] = 1;
		spin_assert((((int)G2)||(((int)now.st)!=4)), "(G2||(st!=4))", II, tt, t);
		/* merge: assert((G1||(w_b>=newest_at)))(265, 143, 265) */
		reached[2][143] = 1;
		spin_assert((((int)G1)||(((int)now.w_b)>=((int)now.newest_at))), "(G1||(w_b>=newest_at))", II, tt, t);
		/* merge: st = 7(265, 144, 265) */
		reached[2][144] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 147, 265) */
		reached[2][147] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 51: // STATE 149 - dispatch.pml:727 - [((w_op==8))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][149] = 1;
		if (!((((int)now.w_op)==8)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 52: // STATE 150 - dispatch.pml:727 - [((!(((st==4)&&(del==w_b)))&&((!((last==w_b))&&((st==2)||(st==3)))&&(gen==w_a))))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][150] = 1;
		if (!(( !(((((int)now.st)==4)&&(((int)now.del)==((int)now.w_b))))&&(( !((((int)now.last)==((int)now.w_b)))&&((((int)now.st)==2)||(((int)now.st)==3)))&&(((int)now.gen)==((int)now.w_a))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 53: // STATE 151 - dispatch.pml:403 - [assert(((G4||(run_of[1]==0))||run_lost[1]))] (0:265:9 - 1)
		IfNotBlocked
		reached[2][151] = 1;
		spin_assert(((((int)G4)||(((int)now.run_of[1])==0))||((int)now.run_lost[1])), "((G4||(run_of[1]==0))||run_lost[1])", II, tt, t);
		/* merge: assert(((G4||(run_of[2]==0))||run_lost[2]))(265, 152, 265) */
		reached[2][152] = 1;
		spin_assert(((((int)G4)||(((int)now.run_of[2])==0))||((int)now.run_lost[2])), "((G4||(run_of[2]==0))||run_lost[2])", II, tt, t);
		/* merge: assert((G5||(gen==w_a)))(265, 153, 265) */
		reached[2][153] = 1;
		spin_assert((((int)G5)||(((int)now.gen)==((int)now.w_a))), "(G5||(gen==w_a))", II, tt, t);
		/* merge: st = 4(265, 154, 265) */
		reached[2][154] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 4;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: del = w_b(265, 155, 265) */
		reached[2][155] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.del);
		now.del = ((int)now.w_b);
#ifdef VAR_RANGES
		logval("del", ((int)now.del));
#endif
		;
		/* merge: late = 0(265, 156, 265) */
		reached[2][156] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: poll_next = 0(265, 157, 265) */
		reached[2][157] = 1;
		(trpt+1)->bup.ovals[3] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		/* merge: begins = (begins+1)(265, 158, 265) */
		reached[2][158] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.begins);
		now.begins = (((int)now.begins)+1);
#ifdef VAR_RANGES
		logval("begins", ((int)now.begins));
#endif
		;
		/* merge: .(goto)(265, 162, 265) */
		reached[2][162] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 14 */
	case 54: // STATE 163 - dispatch.pml:728 - [((w_op==9))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][163] = 1;
		if (!((((int)now.w_op)==9)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 55: // STATE 164 - dispatch.pml:417 - [(((st==4)&&(del==w_a)))] (200:0:1 - 1)
		IfNotBlocked
		reached[2][164] = 1;
		if (!(((((int)now.st)==4)&&(((int)now.del)==((int)now.w_a)))))
			continue;
		/* merge: last = w_a(0, 165, 200) */
		reached[2][165] = 1;
		(trpt+1)->bup.oval = ((int)now.last);
		now.last = ((int)now.w_a);
#ifdef VAR_RANGES
		logval("last", ((int)now.last));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 56: // STATE 166 - dispatch.pml:420 - [((w_b==1))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][166] = 1;
		if (!((((int)now.w_b)==1)))
			continue;
		/* merge: st = 5(265, 167, 265) */
		reached[2][167] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 5;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 201, 265) */
		reached[2][201] = 1;
		;
		/* merge: .(goto)(265, 204, 265) */
		reached[2][204] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(265, 205, 265) */
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 57: // STATE 168 - dispatch.pml:421 - [((w_b==4))] (265:0:6 - 1)
		IfNotBlocked
		reached[2][168] = 1;
		if (!((((int)now.w_b)==4)))
			continue;
		/* merge: failures = (failures+1)(265, 169, 265) */
		reached[2][169] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.failures);
		now.failures = (((int)now.failures)+1);
#ifdef VAR_RANGES
		logval("failures", ((int)now.failures));
#endif
		;
		/* merge: st = 7(265, 170, 265) */
		reached[2][170] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 201, 265) */
		reached[2][201] = 1;
		;
		/* merge: .(goto)(265, 204, 265) */
		reached[2][204] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(265, 205, 265) */
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 58: // STATE 172 - dispatch.pml:424 - [(requested)] (265:0:5 - 1)
		IfNotBlocked
		reached[2][172] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(265, 173, 265) */
		reached[2][173] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 199, 265) */
		reached[2][199] = 1;
		;
		/* merge: .(goto)(265, 201, 265) */
		reached[2][201] = 1;
		;
		/* merge: .(goto)(265, 204, 265) */
		reached[2][204] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(265, 205, 265) */
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 59: // STATE 175 - dispatch.pml:427 - [((w_b==2))] (182:0:2 - 1)
		IfNotBlocked
		reached[2][175] = 1;
		if (!((((int)now.w_b)==2)))
			continue;
		/* merge: failures = (failures+1)(182, 176, 182) */
		reached[2][176] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.failures);
		now.failures = (((int)now.failures)+1);
#ifdef VAR_RANGES
		logval("failures", ((int)now.failures));
#endif
		;
		/* merge: poll_next = 0(182, 177, 182) */
		reached[2][177] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 2 */
	case 60: // STATE 178 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][178] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = 0(265, 179, 265) */
		reached[2][179] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = 0;
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 180, 265) */
		reached[2][180] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 181, 265) */
		reached[2][181] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 197, 265) */
		reached[2][197] = 1;
		;
		/* merge: .(goto)(265, 199, 265) */
		reached[2][199] = 1;
		;
		/* merge: .(goto)(265, 201, 265) */
		reached[2][201] = 1;
		;
		/* merge: .(goto)(265, 204, 265) */
		reached[2][204] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(265, 205, 265) */
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 14 */
	case 61: // STATE 183 - dispatch.pml:428 - [((w_b==3))] (189:0:1 - 1)
		IfNotBlocked
		reached[2][183] = 1;
		if (!((((int)now.w_b)==3)))
			continue;
		/* merge: poll_next = 1(0, 184, 189) */
		reached[2][184] = 1;
		(trpt+1)->bup.oval = ((int)poll_next);
		poll_next = 1;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 62: // STATE 185 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][185] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = 0(265, 186, 265) */
		reached[2][186] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = 0;
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 187, 265) */
		reached[2][187] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 188, 265) */
		reached[2][188] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 197, 265) */
		reached[2][197] = 1;
		;
		/* merge: .(goto)(265, 199, 265) */
		reached[2][199] = 1;
		;
		/* merge: .(goto)(265, 201, 265) */
		reached[2][201] = 1;
		;
		/* merge: .(goto)(265, 204, 265) */
		reached[2][204] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(265, 205, 265) */
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 14 */
	case 63: // STATE 190 - dispatch.pml:429 - [((w_b==5))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][190] = 1;
		if (!((((int)now.w_b)==5)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 64: // STATE 191 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][191] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(265, 192, 265) */
		reached[2][192] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 193, 265) */
		reached[2][193] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 194, 265) */
		reached[2][194] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 197, 265) */
		reached[2][197] = 1;
		;
		/* merge: .(goto)(265, 199, 265) */
		reached[2][199] = 1;
		;
		/* merge: .(goto)(265, 201, 265) */
		reached[2][201] = 1;
		;
		/* merge: .(goto)(265, 204, 265) */
		reached[2][204] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(265, 205, 265) */
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 14 */
	case 65: // STATE 205 - dispatch.pml:435 - [assert((COUNT||(failures<=finishes)))] (0:265:4 - 11)
		IfNotBlocked
		reached[2][205] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 66: // STATE 207 - dispatch.pml:729 - [((w_op==10))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][207] = 1;
		if (!((((int)now.w_op)==10)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 67: // STATE 208 - dispatch.pml:440 - [((last==w_a))] (265:0:4 - 1)
		IfNotBlocked
		reached[2][208] = 1;
		if (!((((int)now.last)==((int)now.w_a))))
			continue;
		/* merge: .(goto)(265, 248, 265) */
		reached[2][248] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(265, 249, 265) */
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 68: // STATE 210 - dispatch.pml:443 - [((((st==4)&&(del==w_a))||(((st==2)||(st==3))&&(gen==w_b))))] (242:0:1 - 1)
		IfNotBlocked
		reached[2][210] = 1;
		if (!((((((int)now.st)==4)&&(((int)now.del)==((int)now.w_a)))||(((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)now.w_b))))))
			continue;
		/* merge: last = w_a(0, 211, 242) */
		reached[2][211] = 1;
		(trpt+1)->bup.oval = ((int)now.last);
		now.last = ((int)now.w_a);
#ifdef VAR_RANGES
		logval("last", ((int)now.last));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 69: // STATE 212 - dispatch.pml:446 - [((w_c>0))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][212] = 1;
		if (!((((int)now.w_c)>0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 70: // STATE 213 - dispatch.pml:289 - [points = (points+w_c)] (0:228:2 - 1)
		IfNotBlocked
		reached[2][213] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.points);
		now.points = (((int)now.points)+((int)now.w_c));
#ifdef VAR_RANGES
		logval("points", ((int)now.points));
#endif
		;
		/* merge: poll_next = 0(228, 214, 228) */
		reached[2][214] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 71: // STATE 215 - dispatch.pml:292 - [(requested)] (265:0:5 - 1)
		IfNotBlocked
		reached[2][215] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(265, 216, 265) */
		reached[2][216] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 229, 265) */
		reached[2][229] = 1;
		;
		/* merge: .(goto)(265, 243, 265) */
		reached[2][243] = 1;
		;
		/* merge: .(goto)(265, 246, 265) */
		reached[2][246] = 1;
		;
		/* merge: .(goto)(265, 248, 265) */
		reached[2][248] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(265, 249, 265) */
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 12 */
	case 72: // STATE 218 - dispatch.pml:295 - [((points>=6))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][218] = 1;
		if (!((((int)now.points)>=6)))
			continue;
		/* merge: st = 7(265, 219, 265) */
		reached[2][219] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 227, 265) */
		reached[2][227] = 1;
		;
		/* merge: .(goto)(265, 229, 265) */
		reached[2][229] = 1;
		;
		/* merge: .(goto)(265, 243, 265) */
		reached[2][243] = 1;
		;
		/* merge: .(goto)(265, 246, 265) */
		reached[2][246] = 1;
		;
		/* merge: .(goto)(265, 248, 265) */
		reached[2][248] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(265, 249, 265) */
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 13 */
	case 73: // STATE 221 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][221] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(265, 222, 265) */
		reached[2][222] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 223, 265) */
		reached[2][223] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 224, 265) */
		reached[2][224] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 227, 265) */
		reached[2][227] = 1;
		;
		/* merge: .(goto)(265, 229, 265) */
		reached[2][229] = 1;
		;
		/* merge: .(goto)(265, 243, 265) */
		reached[2][243] = 1;
		;
		/* merge: .(goto)(265, 246, 265) */
		reached[2][246] = 1;
		;
		/* merge: .(goto)(265, 248, 265) */
		reached[2][248] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(265, 249, 265) */
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 15 */
	case 74: // STATE 232 - dispatch.pml:449 - [((requested&&(st==4)))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][232] = 1;
		if (!((((int)now.requested)&&(((int)now.st)==4))))
			continue;
		/* merge: st = 6(265, 233, 265) */
		reached[2][233] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(265, 241, 265) */
		reached[2][241] = 1;
		;
		/* merge: .(goto)(265, 243, 265) */
		reached[2][243] = 1;
		;
		/* merge: .(goto)(265, 246, 265) */
		reached[2][246] = 1;
		;
		/* merge: .(goto)(265, 248, 265) */
		reached[2][248] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(265, 249, 265) */
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 12 */
	case 75: // STATE 235 - dispatch.pml:285 - [st = 1] (0:265:8 - 1)
		IfNotBlocked
		reached[2][235] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(265, 236, 265) */
		reached[2][236] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(265, 237, 265) */
		reached[2][237] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(265, 238, 265) */
		reached[2][238] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(265, 241, 265) */
		reached[2][241] = 1;
		;
		/* merge: .(goto)(265, 243, 265) */
		reached[2][243] = 1;
		;
		/* merge: .(goto)(265, 246, 265) */
		reached[2][246] = 1;
		;
		/* merge: .(goto)(265, 248, 265) */
		reached[2][248] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(265, 249, 265) */
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 14 */
	case 76: // STATE 249 - dispatch.pml:456 - [assert((COUNT||(points<=(died+2))))] (0:265:4 - 13)
		IfNotBlocked
		reached[2][249] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 77: // STATE 251 - dispatch.pml:730 - [((w_op==11))] (0:0:0 - 1)
		IfNotBlocked
		reached[2][251] = 1;
		if (!((((int)now.w_op)==11)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 78: // STATE 252 - dispatch.pml:395 - [((((st==2)||(st==3))&&(gen==w_a)))] (265:0:5 - 1)
		IfNotBlocked
		reached[2][252] = 1;
		if (!((((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)now.w_a)))))
			continue;
		/* merge: late = 0(265, 253, 265) */
		reached[2][253] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(265, 256, 265) */
		reached[2][256] = 1;
		;
		/* merge: .(goto)(265, 259, 265) */
		reached[2][259] = 1;
		;
		/* merge: w_op = 0(265, 260, 265) */
		reached[2][260] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 79: // STATE 260 - dispatch.pml:732 - [w_op = 0] (0:265:4 - 36)
		IfNotBlocked
		reached[2][260] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 0;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = 0(265, 261, 265) */
		reached[2][261] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = 0;
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(265, 262, 265) */
		reached[2][262] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(265, 263, 265) */
		reached[2][263] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 266, 265) */
		reached[2][266] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 80: // STATE 268 - dispatch.pml:734 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[2][268] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC worker */
	case 81: // STATE 1 - dispatch.pml:591 - [(((ph==0)&&((((((((queue[1]+queue[2])+queue[3])+queue[4])+queue[5])+queue[6])+queue[7])+queue[8])>0)))] (0:0:1 - 1)
		IfNotBlocked
		reached[1][1] = 1;
		if (!(((((int)((P1 *)_this)->ph)==0)&&((((((((((int)now.queue[1])+((int)now.queue[2]))+((int)now.queue[3]))+((int)now.queue[4]))+((int)now.queue[5]))+((int)now.queue[6]))+((int)now.queue[7]))+((int)now.queue[8]))>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.oval = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		_m = 3; goto P999; /* 0 */
	case 82: // STATE 2 - dispatch.pml:593 - [((queue[1]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][2] = 1;
		if (!((((int)now.queue[1])>0)))
			continue;
		/* merge: i = 1(337, 3, 337) */
		reached[1][3] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 1;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 83: // STATE 4 - dispatch.pml:594 - [((queue[2]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][4] = 1;
		if (!((((int)now.queue[2])>0)))
			continue;
		/* merge: i = 2(337, 5, 337) */
		reached[1][5] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 2;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 84: // STATE 6 - dispatch.pml:595 - [((queue[3]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][6] = 1;
		if (!((((int)now.queue[3])>0)))
			continue;
		/* merge: i = 3(337, 7, 337) */
		reached[1][7] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 3;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 85: // STATE 8 - dispatch.pml:596 - [((queue[4]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][8] = 1;
		if (!((((int)now.queue[4])>0)))
			continue;
		/* merge: i = 4(337, 9, 337) */
		reached[1][9] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 4;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 86: // STATE 10 - dispatch.pml:597 - [((queue[5]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][10] = 1;
		if (!((((int)now.queue[5])>0)))
			continue;
		/* merge: i = 5(337, 11, 337) */
		reached[1][11] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 5;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 87: // STATE 12 - dispatch.pml:598 - [((queue[6]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][12] = 1;
		if (!((((int)now.queue[6])>0)))
			continue;
		/* merge: i = 6(337, 13, 337) */
		reached[1][13] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 6;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 88: // STATE 14 - dispatch.pml:599 - [((queue[7]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][14] = 1;
		if (!((((int)now.queue[7])>0)))
			continue;
		/* merge: i = 7(337, 15, 337) */
		reached[1][15] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 7;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 89: // STATE 16 - dispatch.pml:600 - [((queue[8]>0))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][16] = 1;
		if (!((((int)now.queue[8])>0)))
			continue;
		/* merge: i = 8(337, 17, 337) */
		reached[1][17] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 8;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: .(goto)(337, 19, 337) */
		reached[1][19] = 1;
		;
		/* merge: queue[i] = (queue[i]-1)(337, 20, 337) */
		reached[1][20] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 90: // STATE 20 - dispatch.pml:602 - [queue[i] = (queue[i]-1)] (0:337:8 - 9)
		IfNotBlocked
		reached[1][20] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]);
		now.queue[ Index(((P1 *)_this)->i, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ])-1);
#ifdef VAR_RANGES
		logval("queue[worker:i]", ((int)now.queue[ Index(((int)((P1 *)_this)->i), 9) ]));
#endif
		;
		/* merge: g = i(337, 21, 337) */
		reached[1][21] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = ((int)((P1 *)_this)->i);
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: i = 0(337, 22, 337) */
		reached[1][22] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->i);
		((P1 *)_this)->i = 0;
#ifdef VAR_RANGES
		logval("worker:i", ((int)((P1 *)_this)->i));
#endif
		;
		/* merge: deliveries = (deliveries+1)(337, 23, 337) */
		reached[1][23] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.deliveries);
		now.deliveries = (((int)now.deliveries)+1);
#ifdef VAR_RANGES
		logval("deliveries", ((int)now.deliveries));
#endif
		;
		/* merge: d = deliveries(337, 24, 337) */
		reached[1][24] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = ((int)now.deliveries);
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 1(337, 25, 337) */
		reached[1][25] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 1;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: has[w] = g(337, 26, 337) */
		reached[1][26] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = d(337, 27, 337) */
		reached[1][27] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 91: // STATE 29 - dispatch.pml:606 - [(((((ph==1)&&late)&&!((!((((st==2)||(st==3))&&(gen==g)))&&!(((st==4)&&(del==d))))))&&(st!=4)))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][29] = 1;
		if (!(((((((int)((P1 *)_this)->ph)==1)&&((int)now.late))&& !(( !((((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)((P1 *)_this)->g))))&& !(((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))))))&&(((int)now.st)!=4))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 92: // STATE 30 - dispatch.pml:395 - [((((st==2)||(st==3))&&(gen==g)))] (337:0:1 - 1)
		IfNotBlocked
		reached[1][30] = 1;
		if (!((((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)((P1 *)_this)->g)))))
			continue;
		/* merge: late = 0(337, 31, 337) */
		reached[1][31] = 1;
		(trpt+1)->bup.oval = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(337, 34, 337) */
		reached[1][34] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 93: // STATE 34 - dispatch.pml:398 - [.(goto)] (0:337:0 - 2)
		IfNotBlocked
		reached[1][34] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 94: // STATE 37 - dispatch.pml:607 - [(((ph==1)&&(!((((st==2)||(st==3))&&(gen==g)))&&!(((st==4)&&(del==d))))))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][37] = 1;
		if (!(((((int)((P1 *)_this)->ph)==1)&&( !((((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)((P1 *)_this)->g))))&& !(((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d))))))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		if (TstOnly) return 1; /* TT */
		/* dead 1: g */  (trpt+1)->bup.ovals[1] = ((P1 *)_this)->g;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->g = 0;
		if (TstOnly) return 1; /* TT */
		/* dead 1: d */  (trpt+1)->bup.ovals[2] = ((P1 *)_this)->d;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->d = 0;
		/* merge: g = 0(337, 38, 337) */
		reached[1][38] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 39, 337) */
		reached[1][39] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 40, 337) */
		reached[1][40] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 41, 337) */
		reached[1][41] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 42, 337) */
		reached[1][42] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 43, 337) */
		reached[1][43] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 95: // STATE 45 - dispatch.pml:608 - [((((((ph==1)&&!((!((((st==2)||(st==3))&&(gen==g)))&&!(((st==4)&&(del==d))))))&&(st!=4))&&(w_op==0))&&(troubles>0)))] (337:0:5 - 1)
		IfNotBlocked
		reached[1][45] = 1;
		if (!((((((((int)((P1 *)_this)->ph)==1)&& !(( !((((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)((P1 *)_this)->g))))&& !(((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))))))&&(((int)now.st)!=4))&&(((int)now.w_op)==0))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(337, 46, 337) */
		reached[1][46] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 11(337, 47, 337) */
		reached[1][47] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 11;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = g(337, 48, 337) */
		reached[1][48] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = d(337, 49, 337) */
		reached[1][49] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(337, 50, 337) */
		reached[1][50] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 96: // STATE 52 - dispatch.pml:611 - [(((ph==1)&&(((!((last==d))&&((st==2)||(st==3)))&&(gen==g))||((st==4)&&(del==d)))))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][52] = 1;
		if (!(((((int)((P1 *)_this)->ph)==1)&&((( !((((int)now.last)==((int)((P1 *)_this)->d)))&&((((int)now.st)==2)||(((int)now.st)==3)))&&(((int)now.gen)==((int)((P1 *)_this)->g)))||((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 97: // STATE 53 - dispatch.pml:613 - [(((st==4)&&(del==d)))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][53] = 1;
		if (!(((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 98: // STATE 55 - dispatch.pml:403 - [assert(((G4||(run_of[1]==0))||run_lost[1]))] (0:84:5 - 1)
		IfNotBlocked
		reached[1][55] = 1;
		spin_assert(((((int)G4)||(((int)now.run_of[1])==0))||((int)now.run_lost[1])), "((G4||(run_of[1]==0))||run_lost[1])", II, tt, t);
		/* merge: assert(((G4||(run_of[2]==0))||run_lost[2]))(84, 56, 84) */
		reached[1][56] = 1;
		spin_assert(((((int)G4)||(((int)now.run_of[2])==0))||((int)now.run_lost[2])), "((G4||(run_of[2]==0))||run_lost[2])", II, tt, t);
		/* merge: assert((G5||(gen==g)))(84, 57, 84) */
		reached[1][57] = 1;
		spin_assert((((int)G5)||(((int)now.gen)==((int)((P1 *)_this)->g))), "(G5||(gen==g))", II, tt, t);
		/* merge: st = 4(84, 58, 84) */
		reached[1][58] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 4;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: del = d(84, 59, 84) */
		reached[1][59] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.del);
		now.del = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("del", ((int)now.del));
#endif
		;
		/* merge: late = 0(84, 60, 84) */
		reached[1][60] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: poll_next = 0(84, 61, 84) */
		reached[1][61] = 1;
		(trpt+1)->bup.ovals[3] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		/* merge: begins = (begins+1)(84, 62, 84) */
		reached[1][62] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.begins);
		now.begins = (((int)now.begins)+1);
#ifdef VAR_RANGES
		logval("begins", ((int)now.begins));
#endif
		;
		/* merge: .(goto)(0, 65, 84) */
		reached[1][65] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 99: // STATE 66 - dispatch.pml:618 - [assert((G3||due))] (0:80:4 - 1)
		IfNotBlocked
		reached[1][66] = 1;
		spin_assert((((int)G3)||((int)now.due)), "(G3||due)", II, tt, t);
		/* merge: assert((G6||!((answered_cancelled||answered_requested))))(80, 67, 80) */
		reached[1][67] = 1;
		spin_assert((((int)G6)|| !((((int)now.answered_cancelled)||((int)now.answered_requested)))), "(G6|| !((answered_cancelled||answered_requested)))", II, tt, t);
		/* merge: assert((G1||(g>=newest_at)))(80, 68, 80) */
		reached[1][68] = 1;
		spin_assert((((int)G1)||(((int)((P1 *)_this)->g)>=((int)now.newest_at))), "(G1||(g>=newest_at))", II, tt, t);
		/* merge: executions = (executions+1)(80, 69, 80) */
		reached[1][69] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.executions);
		now.executions = (((int)now.executions)+1);
#ifdef VAR_RANGES
		logval("executions", ((int)now.executions));
#endif
		;
		/* merge: ph = 2(80, 70, 80) */
		reached[1][70] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 2;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: run_of[w] = d(80, 71, 80) */
		reached[1][71] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("run_of[worker:w]", ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: run_lost[w] = 0(80, 72, 80) */
		reached[1][72] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		_m = 3; goto P999; /* 6 */
	case 100: // STATE 73 - dispatch.pml:623 - [(1)] (337:0:0 - 1)
		IfNotBlocked
		reached[1][73] = 1;
		if (!(1))
			continue;
		/* merge: .(goto)(337, 81, 337) */
		reached[1][81] = 1;
		;
		/* merge: .(goto)(337, 85, 337) */
		reached[1][85] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 101: // STATE 81 - dispatch.pml:626 - [.(goto)] (0:337:0 - 2)
		IfNotBlocked
		reached[1][81] = 1;
		;
		/* merge: .(goto)(337, 85, 337) */
		reached[1][85] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 102: // STATE 74 - dispatch.pml:624 - [(((w_op==0)&&(troubles>0)))] (337:0:5 - 1)
		IfNotBlocked
		reached[1][74] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(337, 75, 337) */
		reached[1][75] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 8(337, 76, 337) */
		reached[1][76] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 8;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = g(337, 77, 337) */
		reached[1][77] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = d(337, 78, 337) */
		reached[1][78] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(337, 79, 337) */
		reached[1][79] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(337, 81, 337) */
		reached[1][81] = 1;
		;
		/* merge: .(goto)(337, 85, 337) */
		reached[1][85] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 103: // STATE 85 - dispatch.pml:627 - [.(goto)] (0:337:0 - 2)
		IfNotBlocked
		reached[1][85] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 104: // STATE 82 - dispatch.pml:626 - [((troubles>0))] (337:0:1 - 1)
		IfNotBlocked
		reached[1][82] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(337, 83, 337) */
		reached[1][83] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: .(goto)(337, 85, 337) */
		reached[1][85] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 105: // STATE 87 - dispatch.pml:628 - [(((ph==1)&&!((((!((last==d))&&((st==2)||(st==3)))&&(gen==g))||((st==4)&&(del==d))))))] (337:0:9 - 1)
		IfNotBlocked
		reached[1][87] = 1;
		if (!(((((int)((P1 *)_this)->ph)==1)&& !(((( !((((int)now.last)==((int)((P1 *)_this)->d)))&&((((int)now.st)==2)||(((int)now.st)==3)))&&(((int)now.gen)==((int)((P1 *)_this)->g)))||((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d))))))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		if (TstOnly) return 1; /* TT */
		/* dead 1: d */  (trpt+1)->bup.ovals[1] = ((P1 *)_this)->d;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->d = 0;
		if (TstOnly) return 1; /* TT */
		/* dead 1: g */  (trpt+1)->bup.ovals[2] = ((P1 *)_this)->g;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->g = 0;
		/* merge: g = 0(337, 88, 337) */
		reached[1][88] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 89, 337) */
		reached[1][89] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 90, 337) */
		reached[1][90] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 91, 337) */
		reached[1][91] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 92, 337) */
		reached[1][92] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 93, 337) */
		reached[1][93] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 106: // STATE 95 - dispatch.pml:631 - [(((ph==1)&&(troubles>0)))] (139:0:2 - 1)
		IfNotBlocked
		reached[1][95] = 1;
		if (!(((((int)((P1 *)_this)->ph)==1)&&(((int)now.troubles)>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		/* merge: troubles = (troubles-1)(0, 96, 139) */
		reached[1][96] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 107: // STATE 97 - dispatch.pml:440 - [((last==d))] (147:0:0 - 1)
		IfNotBlocked
		reached[1][97] = 1;
		if (!((((int)now.last)==((int)((P1 *)_this)->d))))
			continue;
		/* merge: .(goto)(147, 137, 147) */
		reached[1][137] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(147, 138, 147) */
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 2 */
	case 108: // STATE 99 - dispatch.pml:443 - [((((st==4)&&(del==d))||(((st==2)||(st==3))&&(gen==g))))] (131:0:1 - 1)
		IfNotBlocked
		reached[1][99] = 1;
		if (!((((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))||(((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)((P1 *)_this)->g))))))
			continue;
		/* merge: last = d(0, 100, 131) */
		reached[1][100] = 1;
		(trpt+1)->bup.oval = ((int)now.last);
		now.last = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("last", ((int)now.last));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 109: // STATE 101 - dispatch.pml:446 - [((0>0))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][101] = 1;
		if (!((0>0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 110: // STATE 102 - dispatch.pml:289 - [points = (points+0)] (0:117:2 - 1)
		IfNotBlocked
		reached[1][102] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.points);
		now.points = (((int)now.points)+0);
#ifdef VAR_RANGES
		logval("points", ((int)now.points));
#endif
		;
		/* merge: poll_next = 0(117, 103, 117) */
		reached[1][103] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 111: // STATE 104 - dispatch.pml:292 - [(requested)] (147:0:1 - 1)
		IfNotBlocked
		reached[1][104] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(147, 105, 147) */
		reached[1][105] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(147, 118, 147) */
		reached[1][118] = 1;
		;
		/* merge: .(goto)(147, 132, 147) */
		reached[1][132] = 1;
		;
		/* merge: .(goto)(147, 135, 147) */
		reached[1][135] = 1;
		;
		/* merge: .(goto)(147, 137, 147) */
		reached[1][137] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(147, 138, 147) */
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 6 */
	case 112: // STATE 107 - dispatch.pml:295 - [((points>=6))] (147:0:1 - 1)
		IfNotBlocked
		reached[1][107] = 1;
		if (!((((int)now.points)>=6)))
			continue;
		/* merge: st = 7(147, 108, 147) */
		reached[1][108] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(147, 116, 147) */
		reached[1][116] = 1;
		;
		/* merge: .(goto)(147, 118, 147) */
		reached[1][118] = 1;
		;
		/* merge: .(goto)(147, 132, 147) */
		reached[1][132] = 1;
		;
		/* merge: .(goto)(147, 135, 147) */
		reached[1][135] = 1;
		;
		/* merge: .(goto)(147, 137, 147) */
		reached[1][137] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(147, 138, 147) */
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 7 */
	case 113: // STATE 110 - dispatch.pml:285 - [st = 1] (0:147:4 - 1)
		IfNotBlocked
		reached[1][110] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(147, 111, 147) */
		reached[1][111] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(147, 112, 147) */
		reached[1][112] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(147, 113, 147) */
		reached[1][113] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(147, 116, 147) */
		reached[1][116] = 1;
		;
		/* merge: .(goto)(147, 118, 147) */
		reached[1][118] = 1;
		;
		/* merge: .(goto)(147, 132, 147) */
		reached[1][132] = 1;
		;
		/* merge: .(goto)(147, 135, 147) */
		reached[1][135] = 1;
		;
		/* merge: .(goto)(147, 137, 147) */
		reached[1][137] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(147, 138, 147) */
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 9 */
	case 114: // STATE 121 - dispatch.pml:449 - [((requested&&(st==4)))] (147:0:1 - 1)
		IfNotBlocked
		reached[1][121] = 1;
		if (!((((int)now.requested)&&(((int)now.st)==4))))
			continue;
		/* merge: st = 6(147, 122, 147) */
		reached[1][122] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(147, 130, 147) */
		reached[1][130] = 1;
		;
		/* merge: .(goto)(147, 132, 147) */
		reached[1][132] = 1;
		;
		/* merge: .(goto)(147, 135, 147) */
		reached[1][135] = 1;
		;
		/* merge: .(goto)(147, 137, 147) */
		reached[1][137] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(147, 138, 147) */
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 6 */
	case 115: // STATE 124 - dispatch.pml:285 - [st = 1] (0:147:4 - 1)
		IfNotBlocked
		reached[1][124] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(147, 125, 147) */
		reached[1][125] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(147, 126, 147) */
		reached[1][126] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(147, 127, 147) */
		reached[1][127] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(147, 130, 147) */
		reached[1][130] = 1;
		;
		/* merge: .(goto)(147, 132, 147) */
		reached[1][132] = 1;
		;
		/* merge: .(goto)(147, 135, 147) */
		reached[1][135] = 1;
		;
		/* merge: .(goto)(147, 137, 147) */
		reached[1][137] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(147, 138, 147) */
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 8 */
	case 116: // STATE 138 - dispatch.pml:456 - [assert((COUNT||(points<=(died+2))))] (0:147:0 - 13)
		IfNotBlocked
		reached[1][138] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 117: // STATE 140 - dispatch.pml:634 - [(1)] (337:0:6 - 1)
		IfNotBlocked
		reached[1][140] = 1;
		if (!(1))
			continue;
		/* merge: .(goto)(337, 148, 337) */
		reached[1][148] = 1;
		;
		/* merge: g = 0(337, 149, 337) */
		reached[1][149] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 150, 337) */
		reached[1][150] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 151, 337) */
		reached[1][151] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 152, 337) */
		reached[1][152] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 153, 337) */
		reached[1][153] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 154, 337) */
		reached[1][154] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 118: // STATE 141 - dispatch.pml:635 - [(((w_op==0)&&(troubles>0)))] (337:0:11 - 1)
		IfNotBlocked
		reached[1][141] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(337, 142, 337) */
		reached[1][142] = 1;
		(trpt+1)->bup.ovals = grab_ints(11);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 10(337, 143, 337) */
		reached[1][143] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 10;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = d(337, 144, 337) */
		reached[1][144] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = g(337, 145, 337) */
		reached[1][145] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(337, 146, 337) */
		reached[1][146] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(337, 148, 337) */
		reached[1][148] = 1;
		;
		/* merge: g = 0(337, 149, 337) */
		reached[1][149] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 150, 337) */
		reached[1][150] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 151, 337) */
		reached[1][151] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 152, 337) */
		reached[1][152] = 1;
		(trpt+1)->bup.ovals[8] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 153, 337) */
		reached[1][153] = 1;
		(trpt+1)->bup.ovals[9] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 154, 337) */
		reached[1][154] = 1;
		(trpt+1)->bup.ovals[10] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 13 */
	case 119: // STATE 149 - dispatch.pml:637 - [g = 0] (0:337:6 - 3)
		IfNotBlocked
		reached[1][149] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 150, 337) */
		reached[1][150] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 151, 337) */
		reached[1][151] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 152, 337) */
		reached[1][152] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 153, 337) */
		reached[1][153] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 154, 337) */
		reached[1][154] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 120: // STATE 156 - dispatch.pml:640 - [((((ph==1)||(ph==2))&&(troubles>0)))] (204:0:6 - 1)
		IfNotBlocked
		reached[1][156] = 1;
		if (!((((((int)((P1 *)_this)->ph)==1)||(((int)((P1 *)_this)->ph)==2))&&(((int)now.troubles)>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		/* merge: troubles = (troubles-1)(204, 157, 204) */
		reached[1][157] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: hurt = 1(204, 158, 204) */
		reached[1][158] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.hurt);
		now.hurt = 1;
#ifdef VAR_RANGES
		logval("hurt", ((int)now.hurt));
#endif
		;
		/* merge: died = (died+3)(204, 159, 204) */
		reached[1][159] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.died);
		now.died = (((int)now.died)+3);
#ifdef VAR_RANGES
		logval("died", ((int)now.died));
#endif
		;
		/* merge: run_of[w] = 0(204, 160, 204) */
		reached[1][160] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_of[worker:w]", ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: run_lost[w] = 0(204, 161, 204) */
		reached[1][161] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		_m = 3; goto P999; /* 5 */
	case 121: // STATE 162 - dispatch.pml:440 - [((last==d))] (212:0:0 - 1)
		IfNotBlocked
		reached[1][162] = 1;
		if (!((((int)now.last)==((int)((P1 *)_this)->d))))
			continue;
		/* merge: .(goto)(212, 202, 212) */
		reached[1][202] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(212, 203, 212) */
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 2 */
	case 122: // STATE 164 - dispatch.pml:443 - [((((st==4)&&(del==d))||(((st==2)||(st==3))&&(gen==g))))] (196:0:1 - 1)
		IfNotBlocked
		reached[1][164] = 1;
		if (!((((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))||(((((int)now.st)==2)||(((int)now.st)==3))&&(((int)now.gen)==((int)((P1 *)_this)->g))))))
			continue;
		/* merge: last = d(0, 165, 196) */
		reached[1][165] = 1;
		(trpt+1)->bup.oval = ((int)now.last);
		now.last = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("last", ((int)now.last));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 123: // STATE 166 - dispatch.pml:446 - [((3>0))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][166] = 1;
		if (!((3>0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 124: // STATE 167 - dispatch.pml:289 - [points = (points+3)] (0:182:2 - 1)
		IfNotBlocked
		reached[1][167] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.points);
		now.points = (((int)now.points)+3);
#ifdef VAR_RANGES
		logval("points", ((int)now.points));
#endif
		;
		/* merge: poll_next = 0(182, 168, 182) */
		reached[1][168] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 125: // STATE 169 - dispatch.pml:292 - [(requested)] (212:0:1 - 1)
		IfNotBlocked
		reached[1][169] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(212, 170, 212) */
		reached[1][170] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(212, 183, 212) */
		reached[1][183] = 1;
		;
		/* merge: .(goto)(212, 197, 212) */
		reached[1][197] = 1;
		;
		/* merge: .(goto)(212, 200, 212) */
		reached[1][200] = 1;
		;
		/* merge: .(goto)(212, 202, 212) */
		reached[1][202] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(212, 203, 212) */
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 6 */
	case 126: // STATE 172 - dispatch.pml:295 - [((points>=6))] (212:0:1 - 1)
		IfNotBlocked
		reached[1][172] = 1;
		if (!((((int)now.points)>=6)))
			continue;
		/* merge: st = 7(212, 173, 212) */
		reached[1][173] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(212, 181, 212) */
		reached[1][181] = 1;
		;
		/* merge: .(goto)(212, 183, 212) */
		reached[1][183] = 1;
		;
		/* merge: .(goto)(212, 197, 212) */
		reached[1][197] = 1;
		;
		/* merge: .(goto)(212, 200, 212) */
		reached[1][200] = 1;
		;
		/* merge: .(goto)(212, 202, 212) */
		reached[1][202] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(212, 203, 212) */
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 7 */
	case 127: // STATE 175 - dispatch.pml:285 - [st = 1] (0:212:4 - 1)
		IfNotBlocked
		reached[1][175] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(212, 176, 212) */
		reached[1][176] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(212, 177, 212) */
		reached[1][177] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(212, 178, 212) */
		reached[1][178] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(212, 181, 212) */
		reached[1][181] = 1;
		;
		/* merge: .(goto)(212, 183, 212) */
		reached[1][183] = 1;
		;
		/* merge: .(goto)(212, 197, 212) */
		reached[1][197] = 1;
		;
		/* merge: .(goto)(212, 200, 212) */
		reached[1][200] = 1;
		;
		/* merge: .(goto)(212, 202, 212) */
		reached[1][202] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(212, 203, 212) */
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 9 */
	case 128: // STATE 186 - dispatch.pml:449 - [((requested&&(st==4)))] (212:0:1 - 1)
		IfNotBlocked
		reached[1][186] = 1;
		if (!((((int)now.requested)&&(((int)now.st)==4))))
			continue;
		/* merge: st = 6(212, 187, 212) */
		reached[1][187] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(212, 195, 212) */
		reached[1][195] = 1;
		;
		/* merge: .(goto)(212, 197, 212) */
		reached[1][197] = 1;
		;
		/* merge: .(goto)(212, 200, 212) */
		reached[1][200] = 1;
		;
		/* merge: .(goto)(212, 202, 212) */
		reached[1][202] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(212, 203, 212) */
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 6 */
	case 129: // STATE 189 - dispatch.pml:285 - [st = 1] (0:212:4 - 1)
		IfNotBlocked
		reached[1][189] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(212, 190, 212) */
		reached[1][190] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(212, 191, 212) */
		reached[1][191] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(212, 192, 212) */
		reached[1][192] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(212, 195, 212) */
		reached[1][195] = 1;
		;
		/* merge: .(goto)(212, 197, 212) */
		reached[1][197] = 1;
		;
		/* merge: .(goto)(212, 200, 212) */
		reached[1][200] = 1;
		;
		/* merge: .(goto)(212, 202, 212) */
		reached[1][202] = 1;
		;
		/* merge: assert((COUNT||(points<=(died+2))))(212, 203, 212) */
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 8 */
	case 130: // STATE 203 - dispatch.pml:456 - [assert((COUNT||(points<=(died+2))))] (0:212:0 - 13)
		IfNotBlocked
		reached[1][203] = 1;
		spin_assert((((int)COUNT)||(((int)now.points)<=(((int)now.died)+2))), "(COUNT||(points<=(died+2)))", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 131: // STATE 205 - dispatch.pml:644 - [(1)] (337:0:6 - 1)
		IfNotBlocked
		reached[1][205] = 1;
		if (!(1))
			continue;
		/* merge: .(goto)(337, 213, 337) */
		reached[1][213] = 1;
		;
		/* merge: g = 0(337, 214, 337) */
		reached[1][214] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 215, 337) */
		reached[1][215] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 216, 337) */
		reached[1][216] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 217, 337) */
		reached[1][217] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 218, 337) */
		reached[1][218] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 219, 337) */
		reached[1][219] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 132: // STATE 206 - dispatch.pml:645 - [(((w_op==0)&&(troubles>0)))] (337:0:11 - 1)
		IfNotBlocked
		reached[1][206] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(337, 207, 337) */
		reached[1][207] = 1;
		(trpt+1)->bup.ovals = grab_ints(11);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 10(337, 208, 337) */
		reached[1][208] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 10;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = d(337, 209, 337) */
		reached[1][209] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = g(337, 210, 337) */
		reached[1][210] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)((P1 *)_this)->g);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 3(337, 211, 337) */
		reached[1][211] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 3;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(337, 213, 337) */
		reached[1][213] = 1;
		;
		/* merge: g = 0(337, 214, 337) */
		reached[1][214] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 215, 337) */
		reached[1][215] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 216, 337) */
		reached[1][216] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 217, 337) */
		reached[1][217] = 1;
		(trpt+1)->bup.ovals[8] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 218, 337) */
		reached[1][218] = 1;
		(trpt+1)->bup.ovals[9] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 219, 337) */
		reached[1][219] = 1;
		(trpt+1)->bup.ovals[10] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 13 */
	case 133: // STATE 214 - dispatch.pml:647 - [g = 0] (0:337:6 - 3)
		IfNotBlocked
		reached[1][214] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 215, 337) */
		reached[1][215] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 216, 337) */
		reached[1][216] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 217, 337) */
		reached[1][217] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 218, 337) */
		reached[1][218] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 219, 337) */
		reached[1][219] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 134: // STATE 221 - dispatch.pml:650 - [(((((ph==2)&&(st==4))&&(del==d))&&late))] (337:0:2 - 1)
		IfNotBlocked
		reached[1][221] = 1;
		if (!(((((((int)((P1 *)_this)->ph)==2)&&(((int)now.st)==4))&&(((int)now.del)==((int)((P1 *)_this)->d)))&&((int)now.late))))
			continue;
		/* merge: late = 0(337, 222, 337) */
		reached[1][222] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: run_lost[w] = 0(337, 223, 337) */
		reached[1][223] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 135: // STATE 225 - dispatch.pml:651 - [(((ph==2)&&!(((st==4)&&(del==d)))))] (337:0:10 - 1)
		IfNotBlocked
		reached[1][225] = 1;
		if (!(((((int)((P1 *)_this)->ph)==2)&& !(((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.ovals = grab_ints(10);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		if (TstOnly) return 1; /* TT */
		/* dead 1: d */  (trpt+1)->bup.ovals[1] = ((P1 *)_this)->d;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->d = 0;
		/* merge: run_of[w] = 0(337, 226, 337) */
		reached[1][226] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_of[worker:w]", ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: run_lost[w] = 0(337, 227, 337) */
		reached[1][227] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: g = 0(337, 228, 337) */
		reached[1][228] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 229, 337) */
		reached[1][229] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 230, 337) */
		reached[1][230] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 231, 337) */
		reached[1][231] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 232, 337) */
		reached[1][232] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 233, 337) */
		reached[1][233] = 1;
		(trpt+1)->bup.ovals[9] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 136: // STATE 235 - dispatch.pml:654 - [((ph==2))] (0:0:1 - 1)
		IfNotBlocked
		reached[1][235] = 1;
		if (!((((int)((P1 *)_this)->ph)==2)))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.oval = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		_m = 3; goto P999; /* 0 */
	case 137: // STATE 236 - dispatch.pml:656 - [kind = 1] (0:0:1 - 1)
		IfNotBlocked
		reached[1][236] = 1;
		(trpt+1)->bup.oval = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 1;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		_m = 3; goto P999; /* 0 */
	case 138: // STATE 237 - dispatch.pml:657 - [((failures<1))] (248:0:1 - 1)
		IfNotBlocked
		reached[1][237] = 1;
		if (!((((int)now.failures)<1)))
			continue;
		/* merge: kind = 2(0, 238, 248) */
		reached[1][238] = 1;
		(trpt+1)->bup.oval = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 2;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: .(goto)(0, 244, 248) */
		reached[1][244] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 139: // STATE 239 - dispatch.pml:658 - [((failures>=1))] (248:0:1 - 1)
		IfNotBlocked
		reached[1][239] = 1;
		if (!((((int)now.failures)>=1)))
			continue;
		/* merge: kind = 4(0, 240, 248) */
		reached[1][240] = 1;
		(trpt+1)->bup.oval = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 4;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: .(goto)(0, 244, 248) */
		reached[1][244] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 140: // STATE 241 - dispatch.pml:659 - [((deliveries<=1))] (248:0:1 - 1)
		IfNotBlocked
		reached[1][241] = 1;
		if (!((((int)now.deliveries)<=1)))
			continue;
		/* merge: kind = 3(0, 242, 248) */
		reached[1][242] = 1;
		(trpt+1)->bup.oval = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 3;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: .(goto)(0, 244, 248) */
		reached[1][244] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 141: // STATE 245 - dispatch.pml:661 - [(((kind==2)||(kind==4)))] (337:0:4 - 1)
		IfNotBlocked
		reached[1][245] = 1;
		if (!(((((int)((P1 *)_this)->kind)==2)||(((int)((P1 *)_this)->kind)==4))))
			continue;
		/* merge: finishes = (finishes+1)(337, 246, 337) */
		reached[1][246] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.finishes);
		now.finishes = (((int)now.finishes)+1);
#ifdef VAR_RANGES
		logval("finishes", ((int)now.finishes));
#endif
		;
		/* merge: .(goto)(337, 249, 337) */
		reached[1][249] = 1;
		;
		/* merge: ph = 3(337, 250, 337) */
		reached[1][250] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 3;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: run_of[w] = 0(337, 251, 337) */
		reached[1][251] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_of[worker:w]", ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: run_lost[w] = 0(337, 252, 337) */
		reached[1][252] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 142: // STATE 250 - dispatch.pml:662 - [ph = 3] (0:337:3 - 3)
		IfNotBlocked
		reached[1][250] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 3;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: run_of[w] = 0(337, 251, 337) */
		reached[1][251] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_of[worker:w]", ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: run_lost[w] = 0(337, 252, 337) */
		reached[1][252] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 143: // STATE 254 - dispatch.pml:663 - [((ph==3))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][254] = 1;
		if (!((((int)((P1 *)_this)->ph)==3)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 144: // STATE 255 - dispatch.pml:417 - [(((st==4)&&(del==d)))] (291:0:1 - 1)
		IfNotBlocked
		reached[1][255] = 1;
		if (!(((((int)now.st)==4)&&(((int)now.del)==((int)((P1 *)_this)->d)))))
			continue;
		/* merge: last = d(0, 256, 291) */
		reached[1][256] = 1;
		(trpt+1)->bup.oval = ((int)now.last);
		now.last = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("last", ((int)now.last));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 145: // STATE 257 - dispatch.pml:420 - [((kind==1))] (318:0:1 - 1)
		IfNotBlocked
		reached[1][257] = 1;
		if (!((((int)((P1 *)_this)->kind)==1)))
			continue;
		/* merge: st = 5(318, 258, 318) */
		reached[1][258] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 5;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(318, 292, 318) */
		reached[1][292] = 1;
		;
		/* merge: .(goto)(318, 295, 318) */
		reached[1][295] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(318, 296, 318) */
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 4 */
	case 146: // STATE 259 - dispatch.pml:421 - [((kind==4))] (318:0:2 - 1)
		IfNotBlocked
		reached[1][259] = 1;
		if (!((((int)((P1 *)_this)->kind)==4)))
			continue;
		/* merge: failures = (failures+1)(318, 260, 318) */
		reached[1][260] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.failures);
		now.failures = (((int)now.failures)+1);
#ifdef VAR_RANGES
		logval("failures", ((int)now.failures));
#endif
		;
		/* merge: st = 7(318, 261, 318) */
		reached[1][261] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(318, 292, 318) */
		reached[1][292] = 1;
		;
		/* merge: .(goto)(318, 295, 318) */
		reached[1][295] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(318, 296, 318) */
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 5 */
	case 147: // STATE 263 - dispatch.pml:424 - [(requested)] (318:0:1 - 1)
		IfNotBlocked
		reached[1][263] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(318, 264, 318) */
		reached[1][264] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(318, 290, 318) */
		reached[1][290] = 1;
		;
		/* merge: .(goto)(318, 292, 318) */
		reached[1][292] = 1;
		;
		/* merge: .(goto)(318, 295, 318) */
		reached[1][295] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(318, 296, 318) */
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 5 */
	case 148: // STATE 266 - dispatch.pml:427 - [((kind==2))] (273:0:2 - 1)
		IfNotBlocked
		reached[1][266] = 1;
		if (!((((int)((P1 *)_this)->kind)==2)))
			continue;
		/* merge: failures = (failures+1)(273, 267, 273) */
		reached[1][267] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.failures);
		now.failures = (((int)now.failures)+1);
#ifdef VAR_RANGES
		logval("failures", ((int)now.failures));
#endif
		;
		/* merge: poll_next = 0(273, 268, 273) */
		reached[1][268] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 2 */
	case 149: // STATE 269 - dispatch.pml:285 - [st = 1] (0:318:4 - 1)
		IfNotBlocked
		reached[1][269] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = 0(318, 270, 318) */
		reached[1][270] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = 0;
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(318, 271, 318) */
		reached[1][271] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(318, 272, 318) */
		reached[1][272] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(318, 288, 318) */
		reached[1][288] = 1;
		;
		/* merge: .(goto)(318, 290, 318) */
		reached[1][290] = 1;
		;
		/* merge: .(goto)(318, 292, 318) */
		reached[1][292] = 1;
		;
		/* merge: .(goto)(318, 295, 318) */
		reached[1][295] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(318, 296, 318) */
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 8 */
	case 150: // STATE 274 - dispatch.pml:428 - [((kind==3))] (280:0:1 - 1)
		IfNotBlocked
		reached[1][274] = 1;
		if (!((((int)((P1 *)_this)->kind)==3)))
			continue;
		/* merge: poll_next = 1(0, 275, 280) */
		reached[1][275] = 1;
		(trpt+1)->bup.oval = ((int)poll_next);
		poll_next = 1;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 151: // STATE 276 - dispatch.pml:285 - [st = 1] (0:318:4 - 1)
		IfNotBlocked
		reached[1][276] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = 0(318, 277, 318) */
		reached[1][277] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = 0;
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(318, 278, 318) */
		reached[1][278] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(318, 279, 318) */
		reached[1][279] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(318, 288, 318) */
		reached[1][288] = 1;
		;
		/* merge: .(goto)(318, 290, 318) */
		reached[1][290] = 1;
		;
		/* merge: .(goto)(318, 292, 318) */
		reached[1][292] = 1;
		;
		/* merge: .(goto)(318, 295, 318) */
		reached[1][295] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(318, 296, 318) */
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 8 */
	case 152: // STATE 281 - dispatch.pml:429 - [((kind==5))] (0:0:0 - 1)
		IfNotBlocked
		reached[1][281] = 1;
		if (!((((int)((P1 *)_this)->kind)==5)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 153: // STATE 282 - dispatch.pml:285 - [st = 1] (0:318:4 - 1)
		IfNotBlocked
		reached[1][282] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(318, 283, 318) */
		reached[1][283] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(318, 284, 318) */
		reached[1][284] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(318, 285, 318) */
		reached[1][285] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(318, 288, 318) */
		reached[1][288] = 1;
		;
		/* merge: .(goto)(318, 290, 318) */
		reached[1][290] = 1;
		;
		/* merge: .(goto)(318, 292, 318) */
		reached[1][292] = 1;
		;
		/* merge: .(goto)(318, 295, 318) */
		reached[1][295] = 1;
		;
		/* merge: assert((COUNT||(failures<=finishes)))(318, 296, 318) */
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 8 */
	case 154: // STATE 296 - dispatch.pml:435 - [assert((COUNT||(failures<=finishes)))] (0:318:0 - 11)
		IfNotBlocked
		reached[1][296] = 1;
		spin_assert((((int)COUNT)||(((int)now.failures)<=((int)now.finishes))), "(COUNT||(failures<=finishes))", II, tt, t);
		_m = 3; goto P999; /* 0 */
	case 155: // STATE 298 - dispatch.pml:666 - [g = 0] (0:337:6 - 1)
		IfNotBlocked
		reached[1][298] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 299, 337) */
		reached[1][299] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 300, 337) */
		reached[1][300] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 301, 337) */
		reached[1][301] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 302, 337) */
		reached[1][302] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 303, 337) */
		reached[1][303] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(337, 319, 337) */
		reached[1][319] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 156: // STATE 319 - dispatch.pml:669 - [.(goto)] (0:337:0 - 3)
		IfNotBlocked
		reached[1][319] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 157: // STATE 304 - dispatch.pml:667 - [((troubles>0))] (337:0:1 - 1)
		IfNotBlocked
		reached[1][304] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(337, 305, 337) */
		reached[1][305] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: .(goto)(337, 319, 337) */
		reached[1][319] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 158: // STATE 306 - dispatch.pml:668 - [(((w_op==0)&&(troubles>0)))] (337:0:11 - 1)
		IfNotBlocked
		reached[1][306] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(337, 307, 337) */
		reached[1][307] = 1;
		(trpt+1)->bup.ovals = grab_ints(11);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 9(337, 308, 337) */
		reached[1][308] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 9;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = d(337, 309, 337) */
		reached[1][309] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)((P1 *)_this)->d);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = kind(337, 310, 337) */
		reached[1][310] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)((P1 *)_this)->kind);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(337, 311, 337) */
		reached[1][311] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: g = 0(337, 312, 337) */
		reached[1][312] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 313, 337) */
		reached[1][313] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 314, 337) */
		reached[1][314] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 315, 337) */
		reached[1][315] = 1;
		(trpt+1)->bup.ovals[8] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 316, 337) */
		reached[1][316] = 1;
		(trpt+1)->bup.ovals[9] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 317, 337) */
		reached[1][317] = 1;
		(trpt+1)->bup.ovals[10] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(337, 319, 337) */
		reached[1][319] = 1;
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 13 */
	case 159: // STATE 321 - dispatch.pml:672 - [(((ph!=0)&&(troubles>0)))] (328:0:5 - 1)
		IfNotBlocked
		reached[1][321] = 1;
		if (!(((((int)((P1 *)_this)->ph)!=0)&&(((int)now.troubles)>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: ph */  (trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((P1 *)_this)->ph;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P1 *)_this)->ph = 0;
		/* merge: troubles = (troubles-1)(328, 322, 328) */
		reached[1][322] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: hurt = 1(328, 323, 328) */
		reached[1][323] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.hurt);
		now.hurt = 1;
#ifdef VAR_RANGES
		logval("hurt", ((int)now.hurt));
#endif
		;
		/* merge: run_of[w] = 0(328, 324, 328) */
		reached[1][324] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_of[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_of[worker:w]", ((int)now.run_of[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: run_lost[w] = 0(328, 325, 328) */
		reached[1][325] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.run_lost[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("run_lost[worker:w]", ((int)now.run_lost[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		_m = 3; goto P999; /* 4 */
	case 160: // STATE 326 - dispatch.pml:675 - [queue[g] = (queue[g]+1)] (0:337:7 - 1)
		IfNotBlocked
		reached[1][326] = 1;
		(trpt+1)->bup.ovals = grab_ints(7);
		(trpt+1)->bup.ovals[0] = ((int)now.queue[ Index(((int)((P1 *)_this)->g), 9) ]);
		now.queue[ Index(((P1 *)_this)->g, 9) ] = (((int)now.queue[ Index(((int)((P1 *)_this)->g), 9) ])+1);
#ifdef VAR_RANGES
		logval("queue[worker:g]", ((int)now.queue[ Index(((int)((P1 *)_this)->g), 9) ]));
#endif
		;
		/* merge: .(goto)(337, 329, 337) */
		reached[1][329] = 1;
		;
		/* merge: g = 0(337, 330, 337) */
		reached[1][330] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 331, 337) */
		reached[1][331] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 332, 337) */
		reached[1][332] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 333, 337) */
		reached[1][333] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 334, 337) */
		reached[1][334] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 335, 337) */
		reached[1][335] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 161: // STATE 327 - dispatch.pml:676 - [(1)] (337:0:6 - 1)
		IfNotBlocked
		reached[1][327] = 1;
		if (!(1))
			continue;
		/* merge: .(goto)(337, 329, 337) */
		reached[1][329] = 1;
		;
		/* merge: g = 0(337, 330, 337) */
		reached[1][330] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 331, 337) */
		reached[1][331] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 332, 337) */
		reached[1][332] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 333, 337) */
		reached[1][333] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 334, 337) */
		reached[1][334] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 335, 337) */
		reached[1][335] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 162: // STATE 330 - dispatch.pml:678 - [g = 0] (0:337:6 - 3)
		IfNotBlocked
		reached[1][330] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)((P1 *)_this)->g);
		((P1 *)_this)->g = 0;
#ifdef VAR_RANGES
		logval("worker:g", ((int)((P1 *)_this)->g));
#endif
		;
		/* merge: d = 0(337, 331, 337) */
		reached[1][331] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P1 *)_this)->d);
		((P1 *)_this)->d = 0;
#ifdef VAR_RANGES
		logval("worker:d", ((int)((P1 *)_this)->d));
#endif
		;
		/* merge: ph = 0(337, 332, 337) */
		reached[1][332] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P1 *)_this)->ph);
		((P1 *)_this)->ph = 0;
#ifdef VAR_RANGES
		logval("worker:ph", ((int)((P1 *)_this)->ph));
#endif
		;
		/* merge: kind = 0(337, 333, 337) */
		reached[1][333] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P1 *)_this)->kind);
		((P1 *)_this)->kind = 0;
#ifdef VAR_RANGES
		logval("worker:kind", ((int)((P1 *)_this)->kind));
#endif
		;
		/* merge: has[w] = 0(337, 334, 337) */
		reached[1][334] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has[worker:w]", ((int)now.has[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: has_d[w] = 0(337, 335, 337) */
		reached[1][335] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]);
		now.has_d[ Index(((P1 *)_this)->w, 3) ] = 0;
#ifdef VAR_RANGES
		logval("has_d[worker:w]", ((int)now.has_d[ Index(((int)((P1 *)_this)->w), 3) ]));
#endif
		;
		/* merge: .(goto)(0, 338, 337) */
		reached[1][338] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 163: // STATE 340 - dispatch.pml:680 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[1][340] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */

		 /* PROC keeper */
	case 164: // STATE 1 - dispatch.pml:480 - [((((names[k]==0)&&(((st==1)&&due)||((((st==2)||(st==3))||(st==4))&&late)))&&(!(lease_live)||(lease_owner==k))))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][1] = 1;
		if (!((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==0)&&(((((int)now.st)==1)&&((int)now.due))||((((((int)now.st)==2)||(((int)now.st)==3))||(((int)now.st)==4))&&((int)now.late))))&&( !(((int)now.lease_live))||(((int)now.lease_owner)==((int)((P0 *)_this)->k))))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 165: // STATE 2 - dispatch.pml:312 - [assert((G5||!(owner[(3-k)])))] (0:327:7 - 1)
		IfNotBlocked
		reached[0][2] = 1;
		spin_assert((((int)G5)|| !(((int)now.owner[ Index((3-((int)((P0 *)_this)->k)), 3) ]))), "(G5|| !(owner[(3-k)]))", II, tt, t);
		/* merge: tokens = (tokens+1)(327, 3, 327) */
		reached[0][3] = 1;
		(trpt+1)->bup.ovals = grab_ints(7);
		(trpt+1)->bup.ovals[0] = ((int)now.tokens);
		now.tokens = (((int)now.tokens)+1);
#ifdef VAR_RANGES
		logval("tokens", ((int)now.tokens));
#endif
		;
		/* merge: lease_token = tokens(327, 4, 327) */
		reached[0][4] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.lease_token);
		now.lease_token = ((int)now.tokens);
#ifdef VAR_RANGES
		logval("lease_token", ((int)now.lease_token));
#endif
		;
		/* merge: lease_owner = k(327, 5, 327) */
		reached[0][5] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.lease_owner);
		now.lease_owner = ((int)((P0 *)_this)->k);
#ifdef VAR_RANGES
		logval("lease_owner", ((int)now.lease_owner));
#endif
		;
		/* merge: lease_live = 1(327, 6, 327) */
		reached[0][6] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.lease_live);
		now.lease_live = 1;
#ifdef VAR_RANGES
		logval("lease_live", ((int)now.lease_live));
#endif
		;
		/* merge: owner[k] = 1(327, 7, 327) */
		reached[0][7] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.owner[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.owner[ Index(((P0 *)_this)->k, 3) ] = 1;
#ifdef VAR_RANGES
		logval("owner[keeper:k]", ((int)now.owner[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: names[k] = lease_token(327, 8, 327) */
		reached[0][8] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = ((int)now.lease_token);
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 10, 327) */
		reached[0][10] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 166: // STATE 12 - dispatch.pml:485 - [((((names[k]!=0)&&!(((lease_token==names[k])&&lease_live)))&&(in_hand[k]==0)))] (327:0:3 - 1)
		IfNotBlocked
		reached[0][12] = 1;
		if (!((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&& !(((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))))
			continue;
		/* merge: names[k] = 0(327, 13, 327) */
		reached[0][13] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 14, 327) */
		reached[0][14] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: copy = 0(327, 15, 327) */
		reached[0][15] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 167: // STATE 17 - dispatch.pml:491 - [(((names[k]!=0)&&!(swept)))] (0:0:1 - 1)
		IfNotBlocked
		reached[0][17] = 1;
		if (!(((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&& !(((int)((P0 *)_this)->swept)))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: swept */  (trpt+1)->bup.oval = ((P0 *)_this)->swept;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P0 *)_this)->swept = 0;
		_m = 3; goto P999; /* 0 */
	case 168: // STATE 18 - dispatch.pml:357 - [(((((lease_token==names[k])&&lease_live)&&(st==2))&&((tok!=names[k])||late)))] (24:0:0 - 1)
		IfNotBlocked
		reached[0][18] = 1;
		if (!(((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==2))&&((((int)now.tok)!=((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))||((int)now.late)))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(0, 19, 24) */
		reached[0][19] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		_m = 3; goto P999; /* 1 */
	case 169: // STATE 20 - dispatch.pml:285 - [st = 1] (0:327:5 - 1)
		IfNotBlocked
		reached[0][20] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(327, 21, 327) */
		reached[0][21] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(327, 22, 327) */
		reached[0][22] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(327, 23, 327) */
		reached[0][23] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(327, 27, 327) */
		reached[0][27] = 1;
		;
		/* merge: swept = 1(327, 29, 327) */
		reached[0][29] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 1;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 170: // STATE 27 - dispatch.pml:362 - [.(goto)] (0:327:1 - 2)
		IfNotBlocked
		reached[0][27] = 1;
		;
		/* merge: swept = 1(327, 29, 327) */
		reached[0][29] = 1;
		(trpt+1)->bup.oval = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 1;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 171: // STATE 31 - dispatch.pml:492 - [(((((names[k]!=0)&&!(swept))&&(w_op==0))&&(troubles>0)))] (43:0:2 - 1)
		IfNotBlocked
		reached[0][31] = 1;
		if (!(((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&& !(((int)((P0 *)_this)->swept)))&&(((int)now.w_op)==0))&&(((int)now.troubles)>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: swept */  (trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((P0 *)_this)->swept;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P0 *)_this)->swept = 0;
		/* merge: troubles = (troubles-1)(0, 32, 43) */
		reached[0][32] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 172: // STATE 33 - dispatch.pml:357 - [(((((lease_token==names[k])&&lease_live)&&(st==2))&&((tok!=names[k])||late)))] (39:0:0 - 1)
		IfNotBlocked
		reached[0][33] = 1;
		if (!(((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==2))&&((((int)now.tok)!=((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))||((int)now.late)))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(0, 34, 39) */
		reached[0][34] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		_m = 3; goto P999; /* 1 */
	case 173: // STATE 35 - dispatch.pml:285 - [st = 1] (0:327:9 - 1)
		IfNotBlocked
		reached[0][35] = 1;
		(trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(327, 36, 327) */
		reached[0][36] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(327, 37, 327) */
		reached[0][37] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(327, 38, 327) */
		reached[0][38] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(327, 42, 327) */
		reached[0][42] = 1;
		;
		/* merge: swept = 1(327, 44, 327) */
		reached[0][44] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 1;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: w_op = 3(327, 45, 327) */
		reached[0][45] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_op);
		now.w_op = 3;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 46, 327) */
		reached[0][46] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 47, 327) */
		reached[0][47] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 48, 327) */
		reached[0][48] = 1;
		(trpt+1)->bup.ovals[8] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 174: // STATE 44 - dispatch.pml:492 - [swept = 1] (0:327:5 - 3)
		IfNotBlocked
		reached[0][44] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 1;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: w_op = 3(327, 45, 327) */
		reached[0][45] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 3;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 46, 327) */
		reached[0][46] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 47, 327) */
		reached[0][47] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 48, 327) */
		reached[0][48] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 5 */
	case 175: // STATE 50 - dispatch.pml:495 - [(((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(st==2))&&late)&&((lease_token==names[k])&&lease_live)))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][50] = 1;
		if (!(((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&(((int)now.st)==2))&&((int)now.late))&&((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 176: // STATE 51 - dispatch.pml:357 - [(((((lease_token==names[k])&&lease_live)&&(st==2))&&((tok!=names[k])||late)))] (57:0:0 - 1)
		IfNotBlocked
		reached[0][51] = 1;
		if (!(((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==2))&&((((int)now.tok)!=((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))||((int)now.late)))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(0, 52, 57) */
		reached[0][52] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		_m = 3; goto P999; /* 1 */
	case 177: // STATE 53 - dispatch.pml:285 - [st = 1] (0:327:4 - 1)
		IfNotBlocked
		reached[0][53] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(327, 54, 327) */
		reached[0][54] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(327, 55, 327) */
		reached[0][55] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(327, 56, 327) */
		reached[0][56] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(327, 60, 327) */
		reached[0][60] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 5 */
	case 178: // STATE 60 - dispatch.pml:362 - [.(goto)] (0:327:0 - 2)
		IfNotBlocked
		reached[0][60] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 179: // STATE 63 - dispatch.pml:499 - [(((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((((lease_token==names[k])&&lease_live)&&(st==1))&&due)))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][63] = 1;
		if (!(((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==1))&&((int)now.due)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 180: // STATE 64 - dispatch.pml:326 - [assert((SIZE||(gens<(9-1))))] (0:79:5 - 1)
		IfNotBlocked
		reached[0][64] = 1;
		spin_assert((((int)SIZE)||(((int)now.gens)<(9-1))), "(SIZE||(gens<(9-1)))", II, tt, t);
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(79, 65, 79) */
		reached[0][65] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: gens = (gens+1)(79, 66, 79) */
		reached[0][66] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.gens);
		now.gens = (((int)now.gens)+1);
#ifdef VAR_RANGES
		logval("gens", ((int)now.gens));
#endif
		;
		/* merge: gen = gens(79, 67, 79) */
		reached[0][67] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.gen);
		now.gen = ((int)now.gens);
#ifdef VAR_RANGES
		logval("gen", ((int)now.gen));
#endif
		;
		/* merge: tok = names[k](79, 68, 79) */
		reached[0][68] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.tok);
		now.tok = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("tok", ((int)now.tok));
#endif
		;
		/* merge: st = 2(79, 69, 79) */
		reached[0][69] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.st);
		now.st = 2;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: late = 0(79, 70, 79) */
		reached[0][70] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		_m = 3; goto P999; /* 6 */
	case 181: // STATE 72 - dispatch.pml:502 - [in_hand[k] = gen] (0:327:2 - 1)
		IfNotBlocked
		reached[0][72] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = ((int)now.gen);
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: out = 0(327, 73, 327) */
		reached[0][73] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->out);
		((P0 *)_this)->out = 0;
#ifdef VAR_RANGES
		logval("keeper:out", ((int)((P0 *)_this)->out));
#endif
		;
		/* merge: .(goto)(327, 80, 327) */
		reached[0][80] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 182: // STATE 80 - dispatch.pml:504 - [.(goto)] (0:327:0 - 2)
		IfNotBlocked
		reached[0][80] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 183: // STATE 74 - dispatch.pml:503 - [((troubles>0))] (327:0:4 - 1)
		IfNotBlocked
		reached[0][74] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(327, 75, 327) */
		reached[0][75] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: names[k] = 0(327, 76, 327) */
		reached[0][76] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: in_hand[k] = 0(327, 77, 327) */
		reached[0][77] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 78, 327) */
		reached[0][78] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(327, 80, 327) */
		reached[0][80] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 184: // STATE 82 - dispatch.pml:505 - [(((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((((lease_token==names[k])&&lease_live)&&(st==1))&&due))&&(w_op==0))&&(troubles>0)))] (327:0:9 - 1)
		IfNotBlocked
		reached[0][82] = 1;
		if (!(((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==1))&&((int)now.due)))&&(((int)now.w_op)==0))&&(((int)now.troubles)>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: swept */  (trpt+1)->bup.ovals = grab_ints(9);
		(trpt+1)->bup.ovals[0] = ((P0 *)_this)->swept;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P0 *)_this)->swept = 0;
		/* merge: troubles = (troubles-1)(327, 83, 327) */
		reached[0][83] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 1(327, 84, 327) */
		reached[0][84] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_op);
		now.w_op = 1;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 85, 327) */
		reached[0][85] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 86, 327) */
		reached[0][86] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 87, 327) */
		reached[0][87] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: names[k] = 0(327, 88, 327) */
		reached[0][88] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: in_hand[k] = 0(327, 89, 327) */
		reached[0][89] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 90, 327) */
		reached[0][90] = 1;
		(trpt+1)->bup.ovals[8] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 185: // STATE 92 - dispatch.pml:509 - [(((in_hand[k]!=0)&&!(out)))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][92] = 1;
		if (!(((((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&& !(((int)((P0 *)_this)->out)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 186: // STATE 93 - dispatch.pml:511 - [queue[in_hand[k]] = (queue[in_hand[k]]+1)] (0:327:2 - 1)
		IfNotBlocked
		reached[0][93] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.queue[ Index(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]), 9) ]);
		now.queue[ Index(now.in_hand[ Index(((P0 *)_this)->k, 3) ], 9) ] = (((int)now.queue[ Index(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]), 9) ])+1);
#ifdef VAR_RANGES
		logval("queue[in_hand[keeper:k]]", ((int)now.queue[ Index(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]), 9) ]));
#endif
		;
		/* merge: out = 1(327, 94, 327) */
		reached[0][94] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->out);
		((P0 *)_this)->out = 1;
#ifdef VAR_RANGES
		logval("keeper:out", ((int)((P0 *)_this)->out));
#endif
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 187: // STATE 155 - dispatch.pml:527 - [.(goto)] (0:327:0 - 5)
		IfNotBlocked
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 188: // STATE 95 - dispatch.pml:512 - [((troubles>0))] (107:0:1 - 1)
		IfNotBlocked
		reached[0][95] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(0, 96, 107) */
		reached[0][96] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 189: // STATE 97 - dispatch.pml:348 - [((((((lease_token==names[k])&&lease_live)&&(st==2))&&(tok==names[k]))&&(gen==in_hand[k])))] (103:0:0 - 1)
		IfNotBlocked
		reached[0][97] = 1;
		if (!((((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==2))&&(((int)now.tok)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])))&&(((int)now.gen)==((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(0, 98, 103) */
		reached[0][98] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		_m = 3; goto P999; /* 1 */
	case 190: // STATE 99 - dispatch.pml:285 - [st = 1] (0:116:4 - 1)
		IfNotBlocked
		reached[0][99] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(116, 100, 116) */
		reached[0][100] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(116, 101, 116) */
		reached[0][101] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(116, 102, 116) */
		reached[0][102] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(0, 106, 116) */
		reached[0][106] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 191: // STATE 108 - dispatch.pml:515 - [in_hand[k] = 0] (0:327:1 - 1)
		IfNotBlocked
		reached[0][108] = 1;
		(trpt+1)->bup.oval = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 117, 327) */
		reached[0][117] = 1;
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 192: // STATE 117 - dispatch.pml:518 - [.(goto)] (0:327:0 - 2)
		IfNotBlocked
		reached[0][117] = 1;
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 193: // STATE 109 - dispatch.pml:516 - [(((w_op==0)&&(troubles>0)))] (327:0:6 - 1)
		IfNotBlocked
		reached[0][109] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(327, 110, 327) */
		reached[0][110] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 4(327, 111, 327) */
		reached[0][111] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 4;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 112, 327) */
		reached[0][112] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = in_hand[k](327, 113, 327) */
		reached[0][113] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 114, 327) */
		reached[0][114] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: in_hand[k] = 0(327, 115, 327) */
		reached[0][115] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 117, 327) */
		reached[0][117] = 1;
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 194: // STATE 118 - dispatch.pml:518 - [((troubles>0))] (327:0:4 - 1)
		IfNotBlocked
		reached[0][118] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(327, 119, 327) */
		reached[0][119] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: names[k] = 0(327, 120, 327) */
		reached[0][120] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: in_hand[k] = 0(327, 121, 327) */
		reached[0][121] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 122, 327) */
		reached[0][122] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 195: // STATE 123 - dispatch.pml:519 - [((troubles>0))] (327:0:5 - 1)
		IfNotBlocked
		reached[0][123] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(327, 124, 327) */
		reached[0][124] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: queue[in_hand[k]] = (queue[in_hand[k]]+1)(327, 125, 327) */
		reached[0][125] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.queue[ Index(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]), 9) ]);
		now.queue[ Index(now.in_hand[ Index(((P0 *)_this)->k, 3) ], 9) ] = (((int)now.queue[ Index(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]), 9) ])+1);
#ifdef VAR_RANGES
		logval("queue[in_hand[keeper:k]]", ((int)now.queue[ Index(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]), 9) ]));
#endif
		;
		/* merge: names[k] = 0(327, 126, 327) */
		reached[0][126] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: in_hand[k] = 0(327, 127, 327) */
		reached[0][127] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 128, 327) */
		reached[0][128] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 196: // STATE 129 - dispatch.pml:521 - [((troubles>0))] (143:0:1 - 1)
		IfNotBlocked
		reached[0][129] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(0, 130, 143) */
		reached[0][130] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 197: // STATE 131 - dispatch.pml:384 - [(((((names[k]==0)||((lease_token==names[k])&&lease_live))&&((st==2)||(st==3)))&&(gen==in_hand[k])))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][131] = 1;
		if (!(((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==0)||((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))&&((((int)now.st)==2)||(((int)now.st)==3)))&&(((int)now.gen)==((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 198: // STATE 132 - dispatch.pml:385 - [((names[k]!=0))] (152:0:1 - 1)
		IfNotBlocked
		reached[0][132] = 1;
		if (!((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(152, 133, 152) */
		reached[0][133] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: .(goto)(152, 136, 152) */
		reached[0][136] = 1;
		;
		/* merge: assert((G2||(st!=4)))(152, 137, 152) */
		reached[0][137] = 1;
		spin_assert((((int)G2)||(((int)now.st)!=4)), "(G2||(st!=4))", II, tt, t);
		/* merge: assert((G1||(in_hand[k]>=newest_at)))(152, 138, 152) */
		reached[0][138] = 1;
		spin_assert((((int)G1)||(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])>=((int)now.newest_at))), "(G1||(in_hand[k]>=newest_at))", II, tt, t);
		/* merge: st = 7(152, 139, 152) */
		reached[0][139] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(0, 142, 152) */
		reached[0][142] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 199: // STATE 137 - dispatch.pml:386 - [assert((G2||(st!=4)))] (0:152:1 - 3)
		IfNotBlocked
		reached[0][137] = 1;
		spin_assert((((int)G2)||(((int)now.st)!=4)), "(G2||(st!=4))", II, tt, t);
		/* merge: assert((G1||(in_hand[k]>=newest_at)))(152, 138, 152) */
		reached[0][138] = 1;
		spin_assert((((int)G1)||(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])>=((int)now.newest_at))), "(G1||(in_hand[k]>=newest_at))", II, tt, t);
		/* merge: st = 7(152, 139, 152) */
		reached[0][139] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(0, 142, 152) */
		reached[0][142] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 200: // STATE 144 - dispatch.pml:523 - [in_hand[k] = 0] (0:327:1 - 1)
		IfNotBlocked
		reached[0][144] = 1;
		(trpt+1)->bup.oval = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 153, 327) */
		reached[0][153] = 1;
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 201: // STATE 153 - dispatch.pml:527 - [.(goto)] (0:327:0 - 2)
		IfNotBlocked
		reached[0][153] = 1;
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 202: // STATE 145 - dispatch.pml:524 - [(((w_op==0)&&(troubles>0)))] (327:0:6 - 1)
		IfNotBlocked
		reached[0][145] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(327, 146, 327) */
		reached[0][146] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 7(327, 147, 327) */
		reached[0][147] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 7;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 148, 327) */
		reached[0][148] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = in_hand[k](327, 149, 327) */
		reached[0][149] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 150, 327) */
		reached[0][150] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: in_hand[k] = 0(327, 151, 327) */
		reached[0][151] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 153, 327) */
		reached[0][153] = 1;
		;
		/* merge: .(goto)(327, 155, 327) */
		reached[0][155] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 203: // STATE 157 - dispatch.pml:530 - [(((in_hand[k]!=0)&&out))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][157] = 1;
		if (!(((((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->out))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 204: // STATE 158 - dispatch.pml:339 - [((((((lease_token==names[k])&&lease_live)&&(st==2))&&(tok==names[k]))&&(gen==in_hand[k])))] (327:0:3 - 1)
		IfNotBlocked
		reached[0][158] = 1;
		if (!((((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==2))&&(((int)now.tok)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])))&&(((int)now.gen)==((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(327, 159, 327) */
		reached[0][159] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: st = 3(327, 160, 327) */
		reached[0][160] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 3;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: late = 0(327, 161, 327) */
		reached[0][161] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(327, 164, 327) */
		reached[0][164] = 1;
		;
		/* merge: in_hand[k] = 0(327, 166, 327) */
		reached[0][166] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 192, 327) */
		reached[0][192] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 205: // STATE 166 - dispatch.pml:532 - [in_hand[k] = 0] (0:327:1 - 3)
		IfNotBlocked
		reached[0][166] = 1;
		(trpt+1)->bup.oval = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 192, 327) */
		reached[0][192] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 206: // STATE 192 - dispatch.pml:535 - [.(goto)] (0:327:0 - 3)
		IfNotBlocked
		reached[0][192] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 207: // STATE 167 - dispatch.pml:533 - [(((w_op==0)&&(troubles>0)))] (176:0:1 - 1)
		IfNotBlocked
		reached[0][167] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(0, 168, 176) */
		reached[0][168] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 208: // STATE 169 - dispatch.pml:339 - [((((((lease_token==names[k])&&lease_live)&&(st==2))&&(tok==names[k]))&&(gen==in_hand[k])))] (327:0:7 - 1)
		IfNotBlocked
		reached[0][169] = 1;
		if (!((((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==2))&&(((int)now.tok)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])))&&(((int)now.gen)==((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(327, 170, 327) */
		reached[0][170] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: st = 3(327, 171, 327) */
		reached[0][171] = 1;
		(trpt+1)->bup.ovals = grab_ints(7);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 3;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: late = 0(327, 172, 327) */
		reached[0][172] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: .(goto)(327, 175, 327) */
		reached[0][175] = 1;
		;
		/* merge: w_op = 2(327, 177, 327) */
		reached[0][177] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_op);
		now.w_op = 2;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 178, 327) */
		reached[0][178] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = in_hand[k](327, 179, 327) */
		reached[0][179] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_b);
		now.w_b = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 180, 327) */
		reached[0][180] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: in_hand[k] = 0(327, 181, 327) */
		reached[0][181] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 192, 327) */
		reached[0][192] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 209: // STATE 177 - dispatch.pml:533 - [w_op = 2] (0:327:5 - 3)
		IfNotBlocked
		reached[0][177] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 2;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 178, 327) */
		reached[0][178] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = in_hand[k](327, 179, 327) */
		reached[0][179] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 180, 327) */
		reached[0][180] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: in_hand[k] = 0(327, 181, 327) */
		reached[0][181] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 192, 327) */
		reached[0][192] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 210: // STATE 182 - dispatch.pml:534 - [(((w_op==0)&&(troubles>0)))] (327:0:8 - 1)
		IfNotBlocked
		reached[0][182] = 1;
		if (!(((((int)now.w_op)==0)&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(327, 183, 327) */
		reached[0][183] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: w_op = 2(327, 184, 327) */
		reached[0][184] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 2;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 185, 327) */
		reached[0][185] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = in_hand[k](327, 186, 327) */
		reached[0][186] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 187, 327) */
		reached[0][187] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: names[k] = 0(327, 188, 327) */
		reached[0][188] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: in_hand[k] = 0(327, 189, 327) */
		reached[0][189] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 190, 327) */
		reached[0][190] = 1;
		(trpt+1)->bup.ovals[7] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(327, 192, 327) */
		reached[0][192] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 211: // STATE 194 - dispatch.pml:539 - [(((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(copy==0))&&((lease_token==names[k])&&lease_live))&&(st==3))&&late)&&contact))] (327:0:3 - 1)
		IfNotBlocked
		reached[0][194] = 1;
		if (!(((((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&(((int)((P0 *)_this)->copy)==0))&&((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))&&(((int)now.st)==3))&&((int)now.late))&&((int)now.contact))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: copy */  (trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((P0 *)_this)->copy;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P0 *)_this)->copy = 0;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(327, 195, 327) */
		reached[0][195] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: assert((LOAD||(late&&(st==3))))(327, 196, 327) */
		reached[0][196] = 1;
		spin_assert((((int)LOAD)||(((int)now.late)&&(((int)now.st)==3))), "(LOAD||(late&&(st==3)))", II, tt, t);
		/* merge: late = 0(327, 197, 327) */
		reached[0][197] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: copy = gen(327, 198, 327) */
		reached[0][198] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = ((int)now.gen);
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 5 */
	case 212: // STATE 200 - dispatch.pml:543 - [((copy!=0))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][200] = 1;
		if (!((((int)((P0 *)_this)->copy)!=0)))
			continue;
		_m = 3; goto P999; /* 0 */
	case 213: // STATE 201 - dispatch.pml:545 - [queue[copy] = (queue[copy]+1)] (0:327:2 - 1)
		IfNotBlocked
		reached[0][201] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.queue[ Index(((int)((P0 *)_this)->copy), 9) ]);
		now.queue[ Index(((P0 *)_this)->copy, 9) ] = (((int)now.queue[ Index(((int)((P0 *)_this)->copy), 9) ])+1);
#ifdef VAR_RANGES
		logval("queue[keeper:copy]", ((int)now.queue[ Index(((int)((P0 *)_this)->copy), 9) ]));
#endif
		;
		/* merge: .(goto)(327, 220, 327) */
		reached[0][220] = 1;
		;
		/* merge: copy = 0(327, 221, 327) */
		reached[0][221] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 3 */
	case 214: // STATE 220 - dispatch.pml:550 - [.(goto)] (0:327:1 - 5)
		IfNotBlocked
		reached[0][220] = 1;
		;
		/* merge: copy = 0(327, 221, 327) */
		reached[0][221] = 1;
		(trpt+1)->bup.oval = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 215: // STATE 202 - dispatch.pml:546 - [((troubles>0))] (327:0:2 - 1)
		IfNotBlocked
		reached[0][202] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(327, 203, 327) */
		reached[0][203] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: .(goto)(327, 220, 327) */
		reached[0][220] = 1;
		;
		/* merge: copy = 0(327, 221, 327) */
		reached[0][221] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 216: // STATE 204 - dispatch.pml:548 - [((troubles>0))] (218:0:1 - 1)
		IfNotBlocked
		reached[0][204] = 1;
		if (!((((int)now.troubles)>0)))
			continue;
		/* merge: troubles = (troubles-1)(0, 205, 218) */
		reached[0][205] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 217: // STATE 206 - dispatch.pml:384 - [(((((names[k]==0)||((lease_token==names[k])&&lease_live))&&((st==2)||(st==3)))&&(gen==copy)))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][206] = 1;
		if (!(((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==0)||((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))&&((((int)now.st)==2)||(((int)now.st)==3)))&&(((int)now.gen)==((int)((P0 *)_this)->copy)))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 218: // STATE 207 - dispatch.pml:385 - [((names[k]!=0))] (327:0:2 - 1)
		IfNotBlocked
		reached[0][207] = 1;
		if (!((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(327, 208, 327) */
		reached[0][208] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: .(goto)(327, 211, 327) */
		reached[0][211] = 1;
		;
		/* merge: assert((G2||(st!=4)))(327, 212, 327) */
		reached[0][212] = 1;
		spin_assert((((int)G2)||(((int)now.st)!=4)), "(G2||(st!=4))", II, tt, t);
		/* merge: assert((G1||(copy>=newest_at)))(327, 213, 327) */
		reached[0][213] = 1;
		spin_assert((((int)G1)||(((int)((P0 *)_this)->copy)>=((int)now.newest_at))), "(G1||(copy>=newest_at))", II, tt, t);
		/* merge: st = 7(327, 214, 327) */
		reached[0][214] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(327, 217, 327) */
		reached[0][217] = 1;
		;
		/* merge: .(goto)(327, 220, 327) */
		reached[0][220] = 1;
		;
		/* merge: copy = 0(327, 221, 327) */
		reached[0][221] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 219: // STATE 212 - dispatch.pml:386 - [assert((G2||(st!=4)))] (0:327:2 - 3)
		IfNotBlocked
		reached[0][212] = 1;
		spin_assert((((int)G2)||(((int)now.st)!=4)), "(G2||(st!=4))", II, tt, t);
		/* merge: assert((G1||(copy>=newest_at)))(327, 213, 327) */
		reached[0][213] = 1;
		spin_assert((((int)G1)||(((int)((P0 *)_this)->copy)>=((int)now.newest_at))), "(G1||(copy>=newest_at))", II, tt, t);
		/* merge: st = 7(327, 214, 327) */
		reached[0][214] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(327, 217, 327) */
		reached[0][217] = 1;
		;
		/* merge: .(goto)(327, 220, 327) */
		reached[0][220] = 1;
		;
		/* merge: copy = 0(327, 221, 327) */
		reached[0][221] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 220: // STATE 223 - dispatch.pml:554 - [((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((lease_token==names[k])&&lease_live))&&(st==4))&&late)&&contact))] (0:0:0 - 1)
		IfNotBlocked
		reached[0][223] = 1;
		if (!((((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))&&(((int)now.st)==4))&&((int)now.late))&&((int)now.contact))))
			continue;
		_m = 3; goto P999; /* 0 */
	case 221: // STATE 224 - dispatch.pml:373 - [((((((lease_token==names[k])&&lease_live)&&(st==4))&&late)&&contact))] (245:0:0 - 1)
		IfNotBlocked
		reached[0][224] = 1;
		if (!((((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==4))&&((int)now.late))&&((int)now.contact))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(245, 225, 245) */
		reached[0][225] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: assert(((G4||hurt)||(st!=4)))(245, 226, 245) */
		reached[0][226] = 1;
		spin_assert(((((int)G4)||((int)now.hurt))||(((int)now.st)!=4)), "((G4||hurt)||(st!=4))", II, tt, t);
		/* merge: assert((COUNT||(st==4)))(245, 227, 245) */
		reached[0][227] = 1;
		spin_assert((((int)COUNT)||(((int)now.st)==4)), "(COUNT||(st==4))", II, tt, t);
		_m = 3; goto P999; /* 3 */
	case 222: // STATE 228 - dispatch.pml:289 - [points = (points+1)] (0:243:2 - 1)
		IfNotBlocked
		reached[0][228] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.points);
		now.points = (((int)now.points)+1);
#ifdef VAR_RANGES
		logval("points", ((int)now.points));
#endif
		;
		/* merge: poll_next = 0(243, 229, 243) */
		reached[0][229] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 223: // STATE 230 - dispatch.pml:292 - [(requested)] (327:0:1 - 1)
		IfNotBlocked
		reached[0][230] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(327, 231, 327) */
		reached[0][231] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(327, 244, 327) */
		reached[0][244] = 1;
		;
		/* merge: .(goto)(327, 248, 327) */
		reached[0][248] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 224: // STATE 244 - dispatch.pml:299 - [.(goto)] (0:327:0 - 4)
		IfNotBlocked
		reached[0][244] = 1;
		;
		/* merge: .(goto)(327, 248, 327) */
		reached[0][248] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 225: // STATE 233 - dispatch.pml:295 - [((points>=6))] (327:0:1 - 1)
		IfNotBlocked
		reached[0][233] = 1;
		if (!((((int)now.points)>=6)))
			continue;
		/* merge: st = 7(327, 234, 327) */
		reached[0][234] = 1;
		(trpt+1)->bup.oval = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(327, 242, 327) */
		reached[0][242] = 1;
		;
		/* merge: .(goto)(327, 244, 327) */
		reached[0][244] = 1;
		;
		/* merge: .(goto)(327, 248, 327) */
		reached[0][248] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 5 */
	case 226: // STATE 236 - dispatch.pml:285 - [st = 1] (0:327:4 - 1)
		IfNotBlocked
		reached[0][236] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(327, 237, 327) */
		reached[0][237] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(327, 238, 327) */
		reached[0][238] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(327, 239, 327) */
		reached[0][239] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(327, 242, 327) */
		reached[0][242] = 1;
		;
		/* merge: .(goto)(327, 244, 327) */
		reached[0][244] = 1;
		;
		/* merge: .(goto)(327, 248, 327) */
		reached[0][248] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 227: // STATE 248 - dispatch.pml:380 - [.(goto)] (0:327:0 - 2)
		IfNotBlocked
		reached[0][248] = 1;
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 1 */
	case 228: // STATE 251 - dispatch.pml:556 - [((((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((lease_token==names[k])&&lease_live))&&(st==4))&&late)&&contact)&&(w_op==0))&&(troubles>0)))] (278:0:1 - 1)
		IfNotBlocked
		reached[0][251] = 1;
		if (!((((((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))&&(((int)now.st)==4))&&((int)now.late))&&((int)now.contact))&&(((int)now.w_op)==0))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(0, 252, 278) */
		reached[0][252] = 1;
		(trpt+1)->bup.oval = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 229: // STATE 253 - dispatch.pml:373 - [((((((lease_token==names[k])&&lease_live)&&(st==4))&&late)&&contact))] (274:0:0 - 1)
		IfNotBlocked
		reached[0][253] = 1;
		if (!((((((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))&&(((int)now.st)==4))&&((int)now.late))&&((int)now.contact))))
			continue;
		/* merge: assert((G5||((names[k]==tokens)&&lease_live)))(274, 254, 274) */
		reached[0][254] = 1;
		spin_assert((((int)G5)||((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))&&((int)now.lease_live))), "(G5||((names[k]==tokens)&&lease_live))", II, tt, t);
		/* merge: assert(((G4||hurt)||(st!=4)))(274, 255, 274) */
		reached[0][255] = 1;
		spin_assert(((((int)G4)||((int)now.hurt))||(((int)now.st)!=4)), "((G4||hurt)||(st!=4))", II, tt, t);
		/* merge: assert((COUNT||(st==4)))(274, 256, 274) */
		reached[0][256] = 1;
		spin_assert((((int)COUNT)||(((int)now.st)==4)), "(COUNT||(st==4))", II, tt, t);
		_m = 3; goto P999; /* 3 */
	case 230: // STATE 257 - dispatch.pml:289 - [points = (points+1)] (0:272:2 - 1)
		IfNotBlocked
		reached[0][257] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.points);
		now.points = (((int)now.points)+1);
#ifdef VAR_RANGES
		logval("points", ((int)now.points));
#endif
		;
		/* merge: poll_next = 0(272, 258, 272) */
		reached[0][258] = 1;
		(trpt+1)->bup.ovals[1] = ((int)poll_next);
		poll_next = 0;
#ifdef VAR_RANGES
		logval("poll_next", ((int)poll_next));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 231: // STATE 259 - dispatch.pml:292 - [(requested)] (327:0:5 - 1)
		IfNotBlocked
		reached[0][259] = 1;
		if (!(((int)now.requested)))
			continue;
		/* merge: st = 6(327, 260, 327) */
		reached[0][260] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 6;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(327, 273, 327) */
		reached[0][273] = 1;
		;
		/* merge: .(goto)(327, 277, 327) */
		reached[0][277] = 1;
		;
		/* merge: w_op = 6(327, 279, 327) */
		reached[0][279] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 6;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 280, 327) */
		reached[0][280] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 281, 327) */
		reached[0][281] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 282, 327) */
		reached[0][282] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 8 */
	case 232: // STATE 262 - dispatch.pml:295 - [((points>=6))] (327:0:5 - 1)
		IfNotBlocked
		reached[0][262] = 1;
		if (!((((int)now.points)>=6)))
			continue;
		/* merge: st = 7(327, 263, 327) */
		reached[0][263] = 1;
		(trpt+1)->bup.ovals = grab_ints(5);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 7;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: .(goto)(327, 271, 327) */
		reached[0][271] = 1;
		;
		/* merge: .(goto)(327, 273, 327) */
		reached[0][273] = 1;
		;
		/* merge: .(goto)(327, 277, 327) */
		reached[0][277] = 1;
		;
		/* merge: w_op = 6(327, 279, 327) */
		reached[0][279] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 6;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 280, 327) */
		reached[0][280] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 281, 327) */
		reached[0][281] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 282, 327) */
		reached[0][282] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 9 */
	case 233: // STATE 265 - dispatch.pml:285 - [st = 1] (0:327:8 - 1)
		IfNotBlocked
		reached[0][265] = 1;
		(trpt+1)->bup.ovals = grab_ints(8);
		(trpt+1)->bup.ovals[0] = ((int)now.st);
		now.st = 1;
#ifdef VAR_RANGES
		logval("st", ((int)now.st));
#endif
		;
		/* merge: due = due(327, 266, 327) */
		reached[0][266] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.due);
		now.due = ((int)now.due);
#ifdef VAR_RANGES
		logval("due", ((int)now.due));
#endif
		;
		/* merge: late = 0(327, 267, 327) */
		reached[0][267] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.late);
		now.late = 0;
#ifdef VAR_RANGES
		logval("late", ((int)now.late));
#endif
		;
		/* merge: requested = 0(327, 268, 327) */
		reached[0][268] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.requested);
		now.requested = 0;
#ifdef VAR_RANGES
		logval("requested", ((int)now.requested));
#endif
		;
		/* merge: .(goto)(327, 271, 327) */
		reached[0][271] = 1;
		;
		/* merge: .(goto)(327, 273, 327) */
		reached[0][273] = 1;
		;
		/* merge: .(goto)(327, 277, 327) */
		reached[0][277] = 1;
		;
		/* merge: w_op = 6(327, 279, 327) */
		reached[0][279] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_op);
		now.w_op = 6;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 280, 327) */
		reached[0][280] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 281, 327) */
		reached[0][281] = 1;
		(trpt+1)->bup.ovals[6] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 282, 327) */
		reached[0][282] = 1;
		(trpt+1)->bup.ovals[7] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 11 */
	case 234: // STATE 279 - dispatch.pml:556 - [w_op = 6] (0:327:4 - 7)
		IfNotBlocked
		reached[0][279] = 1;
		(trpt+1)->bup.ovals = grab_ints(4);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 6;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 280, 327) */
		reached[0][280] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = 0(327, 281, 327) */
		reached[0][281] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = 0;
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 282, 327) */
		reached[0][282] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 4 */
	case 235: // STATE 284 - dispatch.pml:559 - [(((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(copy==0))&&!((((st==1)&&due)||((((st==2)||(st==3))||(st==4))&&late))))&&((lease_token==names[k])&&lease_live)))] (0:0:1 - 1)
		IfNotBlocked
		reached[0][284] = 1;
		if (!(((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&(((int)((P0 *)_this)->copy)==0))&& !((((((int)now.st)==1)&&((int)now.due))||((((((int)now.st)==2)||(((int)now.st)==3))||(((int)now.st)==4))&&((int)now.late)))))&&((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: swept */  (trpt+1)->bup.oval = ((P0 *)_this)->swept;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P0 *)_this)->swept = 0;
		_m = 3; goto P999; /* 0 */
	case 236: // STATE 285 - dispatch.pml:366 - [(((lease_token==names[k])&&lease_live))] (290:0:1 - 1)
		IfNotBlocked
		reached[0][285] = 1;
		if (!(((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))))
			continue;
		/* merge: lease_live = 0(0, 286, 290) */
		reached[0][286] = 1;
		(trpt+1)->bup.oval = ((int)now.lease_live);
		now.lease_live = 0;
#ifdef VAR_RANGES
		logval("lease_live", ((int)now.lease_live));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 237: // STATE 287 - dispatch.pml:366 - [((names[k]==tokens))] (327:0:3 - 1)
		IfNotBlocked
		reached[0][287] = 1;
		if (!((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))))
			continue;
		/* merge: owner[k] = 0(327, 288, 327) */
		reached[0][288] = 1;
		(trpt+1)->bup.ovals = grab_ints(3);
		(trpt+1)->bup.ovals[0] = ((int)now.owner[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.owner[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("owner[keeper:k]", ((int)now.owner[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 291, 327) */
		reached[0][291] = 1;
		;
		/* merge: .(goto)(327, 294, 327) */
		reached[0][294] = 1;
		;
		/* merge: names[k] = 0(327, 296, 327) */
		reached[0][296] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 297, 327) */
		reached[0][297] = 1;
		(trpt+1)->bup.ovals[2] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 238: // STATE 296 - dispatch.pml:560 - [names[k] = 0] (0:327:2 - 5)
		IfNotBlocked
		reached[0][296] = 1;
		(trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 297, 327) */
		reached[0][297] = 1;
		(trpt+1)->bup.ovals[1] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 2 */
	case 239: // STATE 299 - dispatch.pml:561 - [(((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(copy==0))&&!((((st==1)&&due)||((((st==2)||(st==3))||(st==4))&&late))))&&((lease_token==names[k])&&lease_live))&&(w_op==0))&&(troubles>0)))] (311:0:2 - 1)
		IfNotBlocked
		reached[0][299] = 1;
		if (!(((((((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)&&((int)((P0 *)_this)->swept))&&(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])==0))&&(((int)((P0 *)_this)->copy)==0))&& !((((((int)now.st)==1)&&((int)now.due))||((((((int)now.st)==2)||(((int)now.st)==3))||(((int)now.st)==4))&&((int)now.late)))))&&((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live)))&&(((int)now.w_op)==0))&&(((int)now.troubles)>0))))
			continue;
		if (TstOnly) return 1; /* TT */
		/* dead 1: swept */  (trpt+1)->bup.ovals = grab_ints(2);
		(trpt+1)->bup.ovals[0] = ((P0 *)_this)->swept;
#ifdef HAS_CODE
		if (!readtrail)
#endif
			((P0 *)_this)->swept = 0;
		/* merge: troubles = (troubles-1)(0, 300, 311) */
		reached[0][300] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 240: // STATE 301 - dispatch.pml:366 - [(((lease_token==names[k])&&lease_live))] (306:0:1 - 1)
		IfNotBlocked
		reached[0][301] = 1;
		if (!(((((int)now.lease_token)==((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]))&&((int)now.lease_live))))
			continue;
		/* merge: lease_live = 0(0, 302, 306) */
		reached[0][302] = 1;
		(trpt+1)->bup.oval = ((int)now.lease_live);
		now.lease_live = 0;
#ifdef VAR_RANGES
		logval("lease_live", ((int)now.lease_live));
#endif
		;
		_m = 3; goto P999; /* 1 */
	case 241: // STATE 303 - dispatch.pml:366 - [((names[k]==tokens))] (327:0:7 - 1)
		IfNotBlocked
		reached[0][303] = 1;
		if (!((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])==((int)now.tokens))))
			continue;
		/* merge: owner[k] = 0(327, 304, 327) */
		reached[0][304] = 1;
		(trpt+1)->bup.ovals = grab_ints(7);
		(trpt+1)->bup.ovals[0] = ((int)now.owner[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.owner[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("owner[keeper:k]", ((int)now.owner[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: .(goto)(327, 307, 327) */
		reached[0][307] = 1;
		;
		/* merge: .(goto)(327, 310, 327) */
		reached[0][310] = 1;
		;
		/* merge: w_op = 5(327, 312, 327) */
		reached[0][312] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_op);
		now.w_op = 5;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 313, 327) */
		reached[0][313] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = k(327, 314, 327) */
		reached[0][314] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_b);
		now.w_b = ((int)((P0 *)_this)->k);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 315, 327) */
		reached[0][315] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: names[k] = 0(327, 316, 327) */
		reached[0][316] = 1;
		(trpt+1)->bup.ovals[5] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 317, 327) */
		reached[0][317] = 1;
		(trpt+1)->bup.ovals[6] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 10 */
	case 242: // STATE 312 - dispatch.pml:562 - [w_op = 5] (0:327:6 - 5)
		IfNotBlocked
		reached[0][312] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.w_op);
		now.w_op = 5;
#ifdef VAR_RANGES
		logval("w_op", ((int)now.w_op));
#endif
		;
		/* merge: w_a = names[k](327, 313, 327) */
		reached[0][313] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.w_a);
		now.w_a = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
#ifdef VAR_RANGES
		logval("w_a", ((int)now.w_a));
#endif
		;
		/* merge: w_b = k(327, 314, 327) */
		reached[0][314] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.w_b);
		now.w_b = ((int)((P0 *)_this)->k);
#ifdef VAR_RANGES
		logval("w_b", ((int)now.w_b));
#endif
		;
		/* merge: w_c = 0(327, 315, 327) */
		reached[0][315] = 1;
		(trpt+1)->bup.ovals[3] = ((int)now.w_c);
		now.w_c = 0;
#ifdef VAR_RANGES
		logval("w_c", ((int)now.w_c));
#endif
		;
		/* merge: names[k] = 0(327, 316, 327) */
		reached[0][316] = 1;
		(trpt+1)->bup.ovals[4] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 317, 327) */
		reached[0][317] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 6 */
	case 243: // STATE 319 - dispatch.pml:565 - [((((names[k]!=0)||(in_hand[k]!=0))&&(troubles>0)))] (327:0:6 - 1)
		IfNotBlocked
		reached[0][319] = 1;
		if (!((((((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ])!=0)||(((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ])!=0))&&(((int)now.troubles)>0))))
			continue;
		/* merge: troubles = (troubles-1)(327, 320, 327) */
		reached[0][320] = 1;
		(trpt+1)->bup.ovals = grab_ints(6);
		(trpt+1)->bup.ovals[0] = ((int)now.troubles);
		now.troubles = (((int)now.troubles)-1);
#ifdef VAR_RANGES
		logval("troubles", ((int)now.troubles));
#endif
		;
		/* merge: names[k] = 0(327, 321, 327) */
		reached[0][321] = 1;
		(trpt+1)->bup.ovals[1] = ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.names[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("names[keeper:k]", ((int)now.names[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: in_hand[k] = 0(327, 322, 327) */
		reached[0][322] = 1;
		(trpt+1)->bup.ovals[2] = ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]);
		now.in_hand[ Index(((P0 *)_this)->k, 3) ] = 0;
#ifdef VAR_RANGES
		logval("in_hand[keeper:k]", ((int)now.in_hand[ Index(((int)((P0 *)_this)->k), 3) ]));
#endif
		;
		/* merge: swept = 0(327, 323, 327) */
		reached[0][323] = 1;
		(trpt+1)->bup.ovals[3] = ((int)((P0 *)_this)->swept);
		((P0 *)_this)->swept = 0;
#ifdef VAR_RANGES
		logval("keeper:swept", ((int)((P0 *)_this)->swept));
#endif
		;
		/* merge: copy = 0(327, 324, 327) */
		reached[0][324] = 1;
		(trpt+1)->bup.ovals[4] = ((int)((P0 *)_this)->copy);
		((P0 *)_this)->copy = 0;
#ifdef VAR_RANGES
		logval("keeper:copy", ((int)((P0 *)_this)->copy));
#endif
		;
		/* merge: out = 0(327, 325, 327) */
		reached[0][325] = 1;
		(trpt+1)->bup.ovals[5] = ((int)((P0 *)_this)->out);
		((P0 *)_this)->out = 0;
#ifdef VAR_RANGES
		logval("keeper:out", ((int)((P0 *)_this)->out));
#endif
		;
		/* merge: .(goto)(0, 328, 327) */
		reached[0][328] = 1;
		;
		_m = 3; goto P999; /* 7 */
	case 244: // STATE 330 - dispatch.pml:567 - [-end-] (0:0:0 - 1)
		IfNotBlocked
		reached[0][330] = 1;
		if (!delproc(1, II)) continue;
		_m = 3; goto P999; /* 0 */
	case  _T5:	/* np_ */
		if (!((!(trpt->o_pm&4) && !(trpt->tau&128))))
			continue;
		/* else fall through */
	case  _T2:	/* true */
		_m = 3; goto P999;
#undef rand
	}

