#ifdef PEG
struct T_SRC {
	char *fl; int ln;
} T_SRC[NTRANS];

void
tr_2_src(int m, char *file, int ln)
{	T_SRC[m].fl = file;
	T_SRC[m].ln = ln;
}

void
putpeg(int n, int m)
{	printf("%5d	trans %4d ", m, n);
	printf("%s:%d\n",
		T_SRC[n].fl, T_SRC[n].ln);
}
#endif

void
settable(void)
{	Trans *T;
	Trans *settr(int, int, int, int, int, char *, int, int, int);

	trans = (Trans ***) emalloc(7*sizeof(Trans **));

	/* proctype 5: :init: */

	trans[5] = (Trans **) emalloc(10*sizeof(Trans *));

	T = trans[ 5][8] = settr(959,2,0,0,0,"ATOMIC", 0, 2, 0);
	T->nxt	= settr(959,2,1,0,0,"ATOMIC", 0, 2, 0);
	trans[5][1]	= settr(952,2,2,3,3,"(run keeper(1))", 0, 2, 0);
	trans[5][2]	= settr(953,2,3,4,4,"(run keeper(2))", 0, 2, 0);
	trans[5][3]	= settr(954,2,4,5,5,"(run worker(1))", 0, 2, 0);
	trans[5][4]	= settr(955,2,5,6,6,"(run worker(2))", 0, 2, 0);
	trans[5][5]	= settr(956,2,6,7,7,"(run world())", 0, 2, 0);
	trans[5][6]	= settr(957,2,7,8,8,"(run client())", 0, 2, 0);
	trans[5][7]	= settr(958,0,9,9,9,"(run judge())", 0, 2, 0);
	trans[5][9]	= settr(960,0,0,10,10,"-end-", 0, 3500, 0);

	/* proctype 4: judge */

	trans[4] = (Trans **) emalloc(13*sizeof(Trans *));

	trans[4][10]	= settr(949,0,9,1,0,".(goto)", 0, 2, 0);
	T = trans[4][9] = settr(948,0,0,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(948,0,8,0,0,"DO", 0, 2, 0);
	T = trans[ 4][8] = settr(947,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(947,2,1,0,0,"ATOMIC", 1, 3000, 0);
	trans[4][1]	= settr(940,4,12,11,11,"(timeout)", 1, 3000, 0); /* m: 2 -> 12,0 */
	reached4[2] = 1;
	trans[4][2]	= settr(0,0,0,0,0,"assert((END||(st>=5)))",0,0,0);
	trans[4][3]	= settr(0,0,0,0,0,"assert((((G1||(st!=6))||answered_cancelled)||answered_requested))",0,0,0);
	trans[4][4]	= settr(0,0,0,0,0,"assert(((G2||(st!=5))||(executions>0)))",0,0,0);
	trans[4][5]	= settr(0,0,0,0,0,"assert(((G6||!(answered_cancelled))||(st==6)))",0,0,0);
	trans[4][6]	= settr(0,0,0,0,0,"assert(((G4||hurt)||(executions==begins)))",0,0,0);
	trans[4][7]	= settr(946,0,12,1,0,"goto :b3", 1, 3000, 0);
	trans[4][11]	= settr(950,0,12,1,0,"break", 0, 2, 0);
	trans[4][12]	= settr(951,0,0,12,12,"-end-", 0, 3500, 0);

	/* proctype 3: client */

	trans[3] = (Trans **) emalloc(3*sizeof(Trans *));

	trans[3][1]	= settr(938,0,2,1,0,"(1)", 0, 2, 0);
	trans[3][2]	= settr(939,0,0,13,13,"-end-", 0, 3500, 0);

	/* proctype 2: world */

	trans[2] = (Trans **) emalloc(269*sizeof(Trans *));

	trans[2][266]	= settr(935,0,265,1,0,".(goto)", 0, 2, 0);
	T = trans[2][265] = settr(934,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,3,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,8,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,12,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,15,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,18,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,22,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,25,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,32,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,37,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,40,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,44,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(934,0,48,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(934,0,264,0,0,"DO", 0, 2, 0);
	T = trans[ 2][3] = settr(672,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(672,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[2][1]	= settr(670,0,265,14,14,"(((!(due)&&(st!=0))&&!((st>=5))))", 1, 2, 0); /* m: 2 -> 265,0 */
	reached2[2] = 1;
	trans[2][2]	= settr(0,0,0,0,0,"due = 1",0,0,0);
	T = trans[ 2][8] = settr(677,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(677,2,4,0,0,"ATOMIC", 1, 2, 0);
	trans[2][4]	= settr(673,0,265,15,15,"(((lease_live&&(names[lease_owner]==lease_token))&&(troubles>0)))", 1, 2, 0); /* m: 5 -> 265,0 */
	reached2[5] = 1;
	trans[2][5]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[2][6]	= settr(0,0,0,0,0,"lease_live = 0",0,0,0);
	trans[2][7]	= settr(0,0,0,0,0,"owner[lease_owner] = 0",0,0,0);
	T = trans[ 2][12] = settr(681,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(681,2,9,0,0,"ATOMIC", 1, 2, 0);
	trans[2][9]	= settr(678,0,265,16,16,"((lease_live&&(names[lease_owner]!=lease_token)))", 1, 2, 0); /* m: 10 -> 265,0 */
	reached2[10] = 1;
	trans[2][10]	= settr(0,0,0,0,0,"lease_live = 0",0,0,0);
	trans[2][11]	= settr(0,0,0,0,0,"owner[lease_owner] = 0",0,0,0);
	T = trans[ 2][15] = settr(684,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(684,2,13,0,0,"ATOMIC", 1, 2, 0);
	trans[2][13]	= settr(682,0,265,17,17,"((((((st==2)&&!(late))&&!(((lease_live&&(tok==lease_token))&&(in_hand[lease_owner]==gen))))&&(has[1]!=gen))&&(has[2]!=gen)))", 1, 2, 0); /* m: 14 -> 265,0 */
	reached2[14] = 1;
	trans[2][14]	= settr(0,0,0,0,0,"late = 1",0,0,0);
	T = trans[ 2][18] = settr(687,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(687,2,16,0,0,"ATOMIC", 1, 2, 0);
	trans[2][16]	= settr(685,0,265,18,18,"((((st==3)&&!(late))&&!((((queue[gen]>0)||(has[1]==gen))||(has[2]==gen)))))", 1, 2, 0); /* m: 17 -> 265,0 */
	reached2[17] = 1;
	trans[2][17]	= settr(0,0,0,0,0,"late = 1",0,0,0);
	T = trans[ 2][22] = settr(691,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(691,2,19,0,0,"ATOMIC", 1, 2, 0);
	trans[2][19]	= settr(688,0,265,19,19,"(((((st==3)&&!(late))&&(((queue[gen]>0)||(has[1]==gen))||(has[2]==gen)))&&(troubles>0)))", 1, 2, 0); /* m: 20 -> 265,0 */
	reached2[20] = 1;
	trans[2][20]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[2][21]	= settr(0,0,0,0,0,"late = 1",0,0,0);
	T = trans[ 2][25] = settr(694,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(694,2,23,0,0,"ATOMIC", 1, 2, 0);
	trans[2][23]	= settr(692,0,265,20,20,"((((st==4)&&!(late))&&!(((has_d[1]==del)||(has_d[2]==del)))))", 1, 2, 0); /* m: 24 -> 265,0 */
	reached2[24] = 1;
	trans[2][24]	= settr(0,0,0,0,0,"late = 1",0,0,0);
	T = trans[ 2][32] = settr(701,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(701,2,26,0,0,"ATOMIC", 1, 2, 0);
	trans[2][26]	= settr(695,0,265,21,21,"(((((st==4)&&!(late))&&((has_d[1]==del)||(has_d[2]==del)))&&(troubles>0)))", 1, 2, 0); /* m: 27 -> 265,0 */
	reached2[27] = 1;
	trans[2][27]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[2][28]	= settr(0,0,0,0,0,"late = 1",0,0,0);
	trans[2][29]	= settr(0,0,0,0,0,"hurt = 1",0,0,0);
	trans[2][30]	= settr(0,0,0,0,0,"run_lost[1] = (run_of[1]==del)",0,0,0);
	trans[2][31]	= settr(0,0,0,0,0,"run_lost[2] = (run_of[2]==del)",0,0,0);
	T = trans[ 2][37] = settr(706,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(706,2,33,0,0,"ATOMIC", 1, 2, 0);
	trans[2][33]	= settr(702,0,265,22,22,"(((((contact&&(st==4))&&!(late))&&(((run_of[1]==del)&&!(run_lost[1]))||((run_of[2]==del)&&!(run_lost[2]))))&&(troubles>0)))", 1, 2, 0); /* m: 34 -> 265,0 */
	reached2[34] = 1;
	trans[2][34]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[2][35]	= settr(0,0,0,0,0,"late = 1",0,0,0);
	trans[2][36]	= settr(0,0,0,0,0,"contact = 0",0,0,0);
	T = trans[ 2][40] = settr(709,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(709,2,38,0,0,"ATOMIC", 1, 2, 0);
	trans[2][38]	= settr(707,0,265,23,23,"((!(contact)&&!((((st==4)&&late)&&(((run_of[1]==del)&&!(run_lost[1]))||((run_of[2]==del)&&!(run_lost[2])))))))", 1, 2, 0); /* m: 39 -> 265,0 */
	reached2[39] = 1;
	trans[2][39]	= settr(0,0,0,0,0,"contact = 1",0,0,0);
	T = trans[ 2][44] = settr(713,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(713,2,41,0,0,"ATOMIC", 1, 2, 0);
	trans[2][41]	= settr(710,0,265,24,24,"((((gen>0)&&(queue[gen]>0))&&(troubles>0)))", 1, 2, 0); /* m: 42 -> 265,0 */
	reached2[42] = 1;
	trans[2][42]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[2][43]	= settr(0,0,0,0,0,"queue[gen] = (queue[gen]+1)",0,0,0);
	T = trans[ 2][48] = settr(717,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(717,2,45,0,0,"ATOMIC", 1, 2, 0);
	trans[2][45]	= settr(714,0,265,25,25,"((((gen>0)&&(queue[gen]>0))&&(troubles>0)))", 1, 2, 0); /* m: 46 -> 265,0 */
	reached2[46] = 1;
	trans[2][46]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[2][47]	= settr(0,0,0,0,0,"queue[gen] = (queue[gen]-1)",0,0,0);
	T = trans[ 2][264] = settr(933,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(933,2,49,0,0,"ATOMIC", 1, 2, 0);
	trans[2][49]	= settr(718,2,258,26,0,"((w_op!=0))", 1, 2, 0);
	T = trans[2][258] = settr(927,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,50,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,63,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,72,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,84,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,96,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,108,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,135,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,149,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,163,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(927,2,207,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(927,2,251,0,0,"IF", 1, 2, 0);
	trans[2][50]	= settr(719,2,61,27,0,"((w_op==1))", 1, 2, 0);
	T = trans[2][61] = settr(730,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(730,2,51,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(730,2,60,0,0,"IF", 1, 2, 0);
	trans[2][51]	= settr(720,2,59,28,0,"(((((lease_token==w_a)&&lease_live)&&(st==1))&&due))", 1, 2, 0);
	T = trans[ 2][59] = settr(728,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(728,0,52,0,0,"sub-sequence", 1, 2, 0);
	trans[2][52]	= settr(721,0,265,29,29,"assert((SIZE||(gens<(9-1))))", 1, 2, 0); /* m: 53 -> 0,265 */
	reached2[53] = 1;
	trans[2][53]	= settr(0,0,0,0,0,"assert((G5||((w_a==tokens)&&lease_live)))",0,0,0);
	trans[2][54]	= settr(0,0,0,0,0,"gens = (gens+1)",0,0,0);
	trans[2][55]	= settr(0,0,0,0,0,"gen = gens",0,0,0);
	trans[2][56]	= settr(0,0,0,0,0,"tok = w_a",0,0,0);
	trans[2][57]	= settr(0,0,0,0,0,"st = 2",0,0,0);
	trans[2][58]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][62]	= settr(731,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][60]	= settr(729,2,260,2,0,"else", 1, 2, 0);
	trans[2][259]	= settr(928,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][63]	= settr(732,2,71,30,0,"((w_op==2))", 1, 2, 0);
	T = trans[ 2][71] = settr(740,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(740,0,69,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][69] = settr(738,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(738,2,64,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(738,2,68,0,0,"IF", 1, 2, 0);
	trans[2][64]	= settr(733,0,265,31,31,"((((((lease_token==w_a)&&lease_live)&&(st==2))&&(tok==w_a))&&(gen==w_b)))", 1, 2, 0); /* m: 65 -> 265,0 */
	reached2[65] = 1;
	trans[2][65]	= settr(0,0,0,0,0,"assert((G5||((w_a==tokens)&&lease_live)))",0,0,0);
	trans[2][66]	= settr(0,0,0,0,0,"st = 3",0,0,0);
	trans[2][67]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][70]	= settr(739,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][68]	= settr(737,2,260,2,0,"else", 1, 2, 0);
	trans[2][72]	= settr(741,2,83,32,0,"((w_op==3))", 1, 2, 0);
	T = trans[ 2][83] = settr(752,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(752,0,81,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][81] = settr(750,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(750,2,73,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(750,2,80,0,0,"IF", 1, 2, 0);
	trans[2][73]	= settr(742,2,79,33,33,"(((((lease_token==w_a)&&lease_live)&&(st==2))&&((tok!=w_a)||late)))", 1, 2, 0); /* m: 74 -> 79,0 */
	reached2[74] = 1;
	trans[2][74]	= settr(0,0,0,0,0,"assert((G5||((w_a==tokens)&&lease_live)))",0,0,0);
	T = trans[ 2][79] = settr(748,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(748,0,75,0,0,"sub-sequence", 1, 2, 0);
	trans[2][75]	= settr(744,0,265,34,34,"st = 1", 1, 2, 0); /* m: 76 -> 0,265 */
	reached2[76] = 1;
	trans[2][76]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[2][77]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][78]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][82]	= settr(751,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][80]	= settr(749,2,260,2,0,"else", 1, 2, 0);
	trans[2][84]	= settr(753,2,95,35,0,"((w_op==4))", 1, 2, 0);
	T = trans[ 2][95] = settr(764,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(764,0,93,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][93] = settr(762,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(762,2,85,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(762,2,92,0,0,"IF", 1, 2, 0);
	trans[2][85]	= settr(754,2,91,36,36,"((((((lease_token==w_a)&&lease_live)&&(st==2))&&(tok==w_a))&&(gen==w_b)))", 1, 2, 0); /* m: 86 -> 91,0 */
	reached2[86] = 1;
	trans[2][86]	= settr(0,0,0,0,0,"assert((G5||((w_a==tokens)&&lease_live)))",0,0,0);
	T = trans[ 2][91] = settr(760,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(760,0,87,0,0,"sub-sequence", 1, 2, 0);
	trans[2][87]	= settr(756,0,265,37,37,"st = 1", 1, 2, 0); /* m: 88 -> 0,265 */
	reached2[88] = 1;
	trans[2][88]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[2][89]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][90]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][94]	= settr(763,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][92]	= settr(761,2,260,2,0,"else", 1, 2, 0);
	trans[2][96]	= settr(765,2,107,38,0,"((w_op==5))", 1, 2, 0);
	T = trans[ 2][107] = settr(776,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(776,0,105,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][105] = settr(774,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(774,2,97,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(774,2,104,0,0,"IF", 1, 2, 0);
	trans[2][97]	= settr(766,2,102,39,39,"(((lease_token==w_a)&&lease_live))", 1, 2, 0); /* m: 98 -> 102,0 */
	reached2[98] = 1;
	trans[2][98]	= settr(0,0,0,0,0,"lease_live = 0",0,0,0);
	T = trans[2][102] = settr(771,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(771,2,99,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(771,2,101,0,0,"IF", 1, 2, 0);
	trans[2][99]	= settr(768,0,265,40,40,"((w_a==tokens))", 1, 2, 0); /* m: 100 -> 265,0 */
	reached2[100] = 1;
	trans[2][100]	= settr(0,0,0,0,0,"owner[w_b] = 0",0,0,0);
	trans[2][103]	= settr(772,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][101]	= settr(770,2,260,2,0,"else", 1, 2, 0);
	trans[2][106]	= settr(775,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][104]	= settr(773,2,260,2,0,"else", 1, 2, 0);
	trans[2][108]	= settr(777,2,134,41,0,"((w_op==6))", 1, 2, 0);
	T = trans[ 2][134] = settr(803,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(803,0,132,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][132] = settr(801,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(801,2,109,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(801,2,131,0,0,"IF", 1, 2, 0);
	trans[2][109]	= settr(778,2,130,42,42,"((((((lease_token==w_a)&&lease_live)&&(st==4))&&late)&&contact))", 1, 2, 0); /* m: 110 -> 130,0 */
	reached2[110] = 1;
	trans[2][110]	= settr(0,0,0,0,0,"assert((G5||((w_a==tokens)&&lease_live)))",0,0,0);
	trans[2][111]	= settr(0,0,0,0,0,"assert(((G4||hurt)||(st!=4)))",0,0,0);
	trans[2][112]	= settr(0,0,0,0,0,"assert((COUNT||(st==4)))",0,0,0);
	T = trans[ 2][130] = settr(799,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(799,0,113,0,0,"sub-sequence", 1, 2, 0);
	trans[2][113]	= settr(782,2,128,43,43,"points = (points+1)", 1, 2, 0); /* m: 114 -> 0,128 */
	reached2[114] = 1;
	trans[2][114]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[2][128] = settr(797,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(797,2,115,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(797,2,117,0,0,"IF", 1, 2, 0);
	trans[2][115]	= settr(784,0,265,44,44,"(requested)", 1, 2, 0); /* m: 116 -> 265,0 */
	reached2[116] = 1;
	trans[2][116]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[2][129]	= settr(798,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][117]	= settr(786,2,126,2,0,"else", 1, 2, 0);
	T = trans[2][126] = settr(795,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(795,2,118,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(795,2,120,0,0,"IF", 1, 2, 0);
	trans[2][118]	= settr(787,0,265,45,45,"((points>=6))", 1, 2, 0); /* m: 119 -> 265,0 */
	reached2[119] = 1;
	trans[2][119]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[2][127]	= settr(796,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][120]	= settr(789,2,125,2,0,"else", 1, 2, 0);
	T = trans[ 2][125] = settr(794,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(794,0,121,0,0,"sub-sequence", 1, 2, 0);
	trans[2][121]	= settr(790,0,265,46,46,"st = 1", 1, 2, 0); /* m: 122 -> 0,265 */
	reached2[122] = 1;
	trans[2][122]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[2][123]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][124]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][133]	= settr(802,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][131]	= settr(800,2,260,2,0,"else", 1, 2, 0);
	trans[2][135]	= settr(804,2,148,47,0,"((w_op==7))", 1, 2, 0);
	T = trans[ 2][148] = settr(817,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(817,0,146,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][146] = settr(815,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(815,2,136,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(815,2,145,0,0,"IF", 1, 2, 0);
	trans[2][136]	= settr(805,2,140,48,0,"(((((w_a==0)||((lease_token==w_a)&&lease_live))&&((st==2)||(st==3)))&&(gen==w_b)))", 1, 2, 0);
	T = trans[2][140] = settr(809,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(809,2,137,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(809,2,139,0,0,"IF", 1, 2, 0);
	trans[2][137]	= settr(806,0,265,49,49,"((w_a!=0))", 1, 2, 0); /* m: 138 -> 265,0 */
	reached2[138] = 1;
	trans[2][138]	= settr(0,0,0,0,0,"assert((G5||((w_a==tokens)&&lease_live)))",0,0,0);
	trans[2][141]	= settr(810,2,142,1,0,".(goto)", 1, 2, 0); /* m: 142 -> 0,265 */
	reached2[142] = 1;
	trans[2][139]	= settr(808,2,142,2,0,"else", 1, 2, 0);
	trans[2][142]	= settr(811,0,265,50,50,"assert((G2||(st!=4)))", 1, 2, 0); /* m: 143 -> 0,265 */
	reached2[143] = 1;
	trans[2][143]	= settr(0,0,0,0,0,"assert((G1||(w_b>=newest_at)))",0,0,0);
	trans[2][144]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[2][147]	= settr(816,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][145]	= settr(814,2,260,2,0,"else", 1, 2, 0);
	trans[2][149]	= settr(818,2,161,51,0,"((w_op==8))", 1, 2, 0);
	T = trans[2][161] = settr(830,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(830,2,150,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(830,2,160,0,0,"IF", 1, 2, 0);
	trans[2][150]	= settr(819,2,159,52,0,"((!(((st==4)&&(del==w_b)))&&((!((last==w_b))&&((st==2)||(st==3)))&&(gen==w_a))))", 1, 2, 0);
	T = trans[ 2][159] = settr(828,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(828,0,151,0,0,"sub-sequence", 1, 2, 0);
	trans[2][151]	= settr(820,0,265,53,53,"assert(((G4||(run_of[1]==0))||run_lost[1]))", 1, 2, 0); /* m: 152 -> 0,265 */
	reached2[152] = 1;
	trans[2][152]	= settr(0,0,0,0,0,"assert(((G4||(run_of[2]==0))||run_lost[2]))",0,0,0);
	trans[2][153]	= settr(0,0,0,0,0,"assert((G5||(gen==w_a)))",0,0,0);
	trans[2][154]	= settr(0,0,0,0,0,"st = 4",0,0,0);
	trans[2][155]	= settr(0,0,0,0,0,"del = w_b",0,0,0);
	trans[2][156]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][157]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	trans[2][158]	= settr(0,0,0,0,0,"begins = (begins+1)",0,0,0);
	trans[2][162]	= settr(831,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][160]	= settr(829,2,260,2,0,"else", 1, 2, 0);
	trans[2][163]	= settr(832,2,206,54,0,"((w_op==9))", 1, 2, 0);
	T = trans[ 2][206] = settr(875,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(875,0,203,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][203] = settr(872,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(872,2,164,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(872,2,202,0,0,"IF", 1, 2, 0);
	trans[2][164]	= settr(833,2,200,55,55,"(((st==4)&&(del==w_a)))", 1, 2, 0); /* m: 165 -> 200,0 */
	reached2[165] = 1;
	trans[2][165]	= settr(0,0,0,0,0,"last = w_a",0,0,0);
	T = trans[2][200] = settr(869,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(869,2,166,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(869,2,168,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(869,2,171,0,0,"IF", 1, 2, 0);
	trans[2][166]	= settr(835,0,265,56,56,"((w_b==1))", 1, 2, 0); /* m: 167 -> 265,0 */
	reached2[167] = 1;
	trans[2][167]	= settr(0,0,0,0,0,"st = 5",0,0,0);
	trans[2][201]	= settr(870,2,205,1,0,".(goto)", 1, 2, 0); /* m: 205 -> 0,265 */
	reached2[205] = 1;
	trans[2][168]	= settr(837,0,265,57,57,"((w_b==4))", 1, 2, 0); /* m: 169 -> 265,0 */
	reached2[169] = 1;
	trans[2][169]	= settr(0,0,0,0,0,"failures = (failures+1)",0,0,0);
	trans[2][170]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[2][171]	= settr(840,2,198,2,0,"else", 1, 2, 0);
	T = trans[2][198] = settr(867,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(867,2,172,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(867,2,174,0,0,"IF", 1, 2, 0);
	trans[2][172]	= settr(841,0,265,58,58,"(requested)", 1, 2, 0); /* m: 173 -> 265,0 */
	reached2[173] = 1;
	trans[2][173]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[2][199]	= settr(868,2,205,1,0,".(goto)", 1, 2, 0); /* m: 205 -> 0,265 */
	reached2[205] = 1;
	trans[2][174]	= settr(843,2,196,2,0,"else", 1, 2, 0);
	T = trans[2][196] = settr(865,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(865,2,175,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(865,2,183,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(865,2,190,0,0,"IF", 1, 2, 0);
	trans[2][175]	= settr(844,2,182,59,59,"((w_b==2))", 1, 2, 0); /* m: 176 -> 182,0 */
	reached2[176] = 1;
	trans[2][176]	= settr(0,0,0,0,0,"failures = (failures+1)",0,0,0);
	trans[2][177]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[ 2][182] = settr(851,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(851,0,178,0,0,"sub-sequence", 1, 2, 0);
	trans[2][178]	= settr(847,0,265,60,60,"st = 1", 1, 2, 0); /* m: 179 -> 0,265 */
	reached2[179] = 1;
	trans[2][179]	= settr(0,0,0,0,0,"due = 0",0,0,0);
	trans[2][180]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][181]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][197]	= settr(866,2,205,1,0,".(goto)", 1, 2, 0); /* m: 205 -> 0,265 */
	reached2[205] = 1;
	trans[2][183]	= settr(852,2,189,61,61,"((w_b==3))", 1, 2, 0); /* m: 184 -> 189,0 */
	reached2[184] = 1;
	trans[2][184]	= settr(0,0,0,0,0,"poll_next = 1",0,0,0);
	T = trans[ 2][189] = settr(858,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(858,0,185,0,0,"sub-sequence", 1, 2, 0);
	trans[2][185]	= settr(854,0,265,62,62,"st = 1", 1, 2, 0); /* m: 186 -> 0,265 */
	reached2[186] = 1;
	trans[2][186]	= settr(0,0,0,0,0,"due = 0",0,0,0);
	trans[2][187]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][188]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][190]	= settr(859,2,195,63,0,"((w_b==5))", 1, 2, 0);
	T = trans[ 2][195] = settr(864,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(864,0,191,0,0,"sub-sequence", 1, 2, 0);
	trans[2][191]	= settr(860,0,265,64,64,"st = 1", 1, 2, 0); /* m: 192 -> 0,265 */
	reached2[192] = 1;
	trans[2][192]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[2][193]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][194]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][204]	= settr(873,2,205,1,0,".(goto)", 1, 2, 0); /* m: 205 -> 0,265 */
	reached2[205] = 1;
	trans[2][202]	= settr(871,2,205,2,0,"else", 1, 2, 0);
	trans[2][205]	= settr(874,0,265,65,65,"assert((COUNT||(failures<=finishes)))", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][207]	= settr(876,2,250,66,0,"((w_op==10))", 1, 2, 0);
	T = trans[ 2][250] = settr(919,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(919,0,247,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][247] = settr(916,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(916,2,208,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(916,2,209,0,0,"IF", 1, 2, 0);
	trans[2][208]	= settr(877,0,265,67,67,"((last==w_a))", 1, 2, 0); /* m: 249 -> 265,0 */
	reached2[249] = 1;
	trans[2][248]	= settr(917,2,249,1,0,".(goto)", 1, 2, 0); /* m: 249 -> 0,265 */
	reached2[249] = 1;
	trans[2][209]	= settr(878,2,245,2,0,"else", 1, 2, 0);
	T = trans[2][245] = settr(914,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(914,2,210,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(914,2,244,0,0,"IF", 1, 2, 0);
	trans[2][210]	= settr(879,2,242,68,68,"((((st==4)&&(del==w_a))||(((st==2)||(st==3))&&(gen==w_b))))", 1, 2, 0); /* m: 211 -> 242,0 */
	reached2[211] = 1;
	trans[2][211]	= settr(0,0,0,0,0,"last = w_a",0,0,0);
	T = trans[2][242] = settr(911,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(911,2,212,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(911,2,231,0,0,"IF", 1, 2, 0);
	trans[2][212]	= settr(881,2,230,69,0,"((w_c>0))", 1, 2, 0);
	T = trans[ 2][230] = settr(899,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(899,0,213,0,0,"sub-sequence", 1, 2, 0);
	trans[2][213]	= settr(882,2,228,70,70,"points = (points+w_c)", 1, 2, 0); /* m: 214 -> 0,228 */
	reached2[214] = 1;
	trans[2][214]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[2][228] = settr(897,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(897,2,215,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(897,2,217,0,0,"IF", 1, 2, 0);
	trans[2][215]	= settr(884,0,265,71,71,"(requested)", 1, 2, 0); /* m: 216 -> 265,0 */
	reached2[216] = 1;
	trans[2][216]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[2][229]	= settr(898,2,249,1,0,".(goto)", 1, 2, 0); /* m: 249 -> 0,265 */
	reached2[249] = 1;
	trans[2][217]	= settr(886,2,226,2,0,"else", 1, 2, 0);
	T = trans[2][226] = settr(895,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(895,2,218,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(895,2,220,0,0,"IF", 1, 2, 0);
	trans[2][218]	= settr(887,0,265,72,72,"((points>=6))", 1, 2, 0); /* m: 219 -> 265,0 */
	reached2[219] = 1;
	trans[2][219]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[2][227]	= settr(896,2,249,1,0,".(goto)", 1, 2, 0); /* m: 249 -> 0,265 */
	reached2[249] = 1;
	trans[2][220]	= settr(889,2,225,2,0,"else", 1, 2, 0);
	T = trans[ 2][225] = settr(894,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(894,0,221,0,0,"sub-sequence", 1, 2, 0);
	trans[2][221]	= settr(890,0,265,73,73,"st = 1", 1, 2, 0); /* m: 222 -> 0,265 */
	reached2[222] = 1;
	trans[2][222]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[2][223]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][224]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][243]	= settr(912,2,249,1,0,".(goto)", 1, 2, 0); /* m: 249 -> 0,265 */
	reached2[249] = 1;
	trans[2][231]	= settr(900,2,240,2,0,"else", 1, 2, 0);
	T = trans[2][240] = settr(909,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(909,2,232,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(909,2,234,0,0,"IF", 1, 2, 0);
	trans[2][232]	= settr(901,0,265,74,74,"((requested&&(st==4)))", 1, 2, 0); /* m: 233 -> 265,0 */
	reached2[233] = 1;
	trans[2][233]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[2][241]	= settr(910,2,249,1,0,".(goto)", 1, 2, 0); /* m: 249 -> 0,265 */
	reached2[249] = 1;
	trans[2][234]	= settr(903,2,239,2,0,"else", 1, 2, 0);
	T = trans[ 2][239] = settr(908,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(908,0,235,0,0,"sub-sequence", 1, 2, 0);
	trans[2][235]	= settr(904,0,265,75,75,"st = 1", 1, 2, 0); /* m: 236 -> 0,265 */
	reached2[236] = 1;
	trans[2][236]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[2][237]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][238]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[2][246]	= settr(915,2,249,1,0,".(goto)", 1, 2, 0); /* m: 249 -> 0,265 */
	reached2[249] = 1;
	trans[2][244]	= settr(913,2,249,2,0,"else", 1, 2, 0);
	trans[2][249]	= settr(918,0,265,76,76,"assert((COUNT||(points<=(died+2))))", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][251]	= settr(920,2,257,77,0,"((w_op==11))", 1, 2, 0);
	T = trans[ 2][257] = settr(926,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(926,0,255,0,0,"sub-sequence", 1, 2, 0);
	T = trans[2][255] = settr(924,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(924,2,252,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(924,2,254,0,0,"IF", 1, 2, 0);
	trans[2][252]	= settr(921,0,265,78,78,"((((st==2)||(st==3))&&(gen==w_a)))", 1, 2, 0); /* m: 253 -> 265,0 */
	reached2[253] = 1;
	trans[2][253]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[2][256]	= settr(925,2,260,1,0,".(goto)", 1, 2, 0); /* m: 260 -> 0,265 */
	reached2[260] = 1;
	trans[2][254]	= settr(923,2,260,2,0,"else", 1, 2, 0);
	trans[2][260]	= settr(929,0,265,79,79,"w_op = 0", 1, 2, 0); /* m: 261 -> 0,265 */
	reached2[261] = 1;
	trans[2][261]	= settr(0,0,0,0,0,"w_a = 0",0,0,0);
	trans[2][262]	= settr(0,0,0,0,0,"w_b = 0",0,0,0);
	trans[2][263]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[2][267]	= settr(936,0,268,1,0,"break", 0, 2, 0);
	trans[2][268]	= settr(937,0,0,80,80,"-end-", 0, 3500, 0);

	/* proctype 1: worker */

	trans[1] = (Trans **) emalloc(341*sizeof(Trans *));

	trans[1][338]	= settr(667,0,337,1,0,".(goto)", 0, 2, 0);
	T = trans[1][337] = settr(666,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,28,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,36,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,44,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,51,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,86,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,94,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,155,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,220,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,224,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,234,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,253,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(666,0,320,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(666,0,336,0,0,"DO", 0, 2, 0);
	T = trans[ 1][28] = settr(357,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(357,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[1][1]	= settr(330,2,18,81,81,"(((ph==0)&&((((((((queue[1]+queue[2])+queue[3])+queue[4])+queue[5])+queue[6])+queue[7])+queue[8])>0)))", 1, 2, 0);
	T = trans[1][18] = settr(347,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,2,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,4,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,6,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,8,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,10,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,12,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(347,2,14,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(347,2,16,0,0,"IF", 1, 2, 0);
	trans[1][2]	= settr(331,0,337,82,82,"((queue[1]>0))", 1, 2, 0); /* m: 3 -> 337,0 */
	reached1[3] = 1;
	trans[1][3]	= settr(0,0,0,0,0,"i = 1",0,0,0);
	trans[1][19]	= settr(348,2,20,1,0,".(goto)", 1, 2, 0); /* m: 20 -> 0,337 */
	reached1[20] = 1;
	trans[1][4]	= settr(333,0,337,83,83,"((queue[2]>0))", 1, 2, 0); /* m: 5 -> 337,0 */
	reached1[5] = 1;
	trans[1][5]	= settr(0,0,0,0,0,"i = 2",0,0,0);
	trans[1][6]	= settr(335,0,337,84,84,"((queue[3]>0))", 1, 2, 0); /* m: 7 -> 337,0 */
	reached1[7] = 1;
	trans[1][7]	= settr(0,0,0,0,0,"i = 3",0,0,0);
	trans[1][8]	= settr(337,0,337,85,85,"((queue[4]>0))", 1, 2, 0); /* m: 9 -> 337,0 */
	reached1[9] = 1;
	trans[1][9]	= settr(0,0,0,0,0,"i = 4",0,0,0);
	trans[1][10]	= settr(339,0,337,86,86,"((queue[5]>0))", 1, 2, 0); /* m: 11 -> 337,0 */
	reached1[11] = 1;
	trans[1][11]	= settr(0,0,0,0,0,"i = 5",0,0,0);
	trans[1][12]	= settr(341,0,337,87,87,"((queue[6]>0))", 1, 2, 0); /* m: 13 -> 337,0 */
	reached1[13] = 1;
	trans[1][13]	= settr(0,0,0,0,0,"i = 6",0,0,0);
	trans[1][14]	= settr(343,0,337,88,88,"((queue[7]>0))", 1, 2, 0); /* m: 15 -> 337,0 */
	reached1[15] = 1;
	trans[1][15]	= settr(0,0,0,0,0,"i = 7",0,0,0);
	trans[1][16]	= settr(345,0,337,89,89,"((queue[8]>0))", 1, 2, 0); /* m: 17 -> 337,0 */
	reached1[17] = 1;
	trans[1][17]	= settr(0,0,0,0,0,"i = 8",0,0,0);
	trans[1][20]	= settr(349,0,337,90,90,"queue[i] = (queue[i]-1)", 1, 2, 0); /* m: 21 -> 0,337 */
	reached1[21] = 1;
	trans[1][21]	= settr(0,0,0,0,0,"g = i",0,0,0);
	trans[1][22]	= settr(0,0,0,0,0,"i = 0",0,0,0);
	trans[1][23]	= settr(0,0,0,0,0,"deliveries = (deliveries+1)",0,0,0);
	trans[1][24]	= settr(0,0,0,0,0,"d = deliveries",0,0,0);
	trans[1][25]	= settr(0,0,0,0,0,"ph = 1",0,0,0);
	trans[1][26]	= settr(0,0,0,0,0,"has[w] = g",0,0,0);
	trans[1][27]	= settr(0,0,0,0,0,"has_d[w] = d",0,0,0);
	T = trans[ 1][36] = settr(365,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(365,2,29,0,0,"ATOMIC", 1, 2, 0);
	trans[1][29]	= settr(358,2,35,91,0,"(((((ph==1)&&late)&&!((!((((st==2)||(st==3))&&(gen==g)))&&!(((st==4)&&(del==d))))))&&(st!=4)))", 1, 2, 0);
	T = trans[ 1][35] = settr(364,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(364,0,33,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][33] = settr(362,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(362,2,30,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(362,2,32,0,0,"IF", 1, 2, 0);
	trans[1][30]	= settr(359,0,337,92,92,"((((st==2)||(st==3))&&(gen==g)))", 1, 2, 0); /* m: 31 -> 337,0 */
	reached1[31] = 1;
	trans[1][31]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][34]	= settr(363,0,337,93,93,".(goto)", 1, 2, 0);
	trans[1][32]	= settr(361,2,34,2,0,"else", 1, 2, 0);
	T = trans[ 1][44] = settr(373,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(373,2,37,0,0,"ATOMIC", 1, 2, 0);
	trans[1][37]	= settr(366,0,337,94,94,"(((ph==1)&&(!((((st==2)||(st==3))&&(gen==g)))&&!(((st==4)&&(del==d))))))", 1, 2, 0); /* m: 38 -> 337,0 */
	reached1[38] = 1;
	trans[1][38]	= settr(0,0,0,0,0,"g = 0",0,0,0);
	trans[1][39]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][40]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][41]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][42]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][43]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	T = trans[ 1][51] = settr(380,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(380,2,45,0,0,"ATOMIC", 1, 2, 0);
	trans[1][45]	= settr(374,0,337,95,95,"((((((ph==1)&&!((!((((st==2)||(st==3))&&(gen==g)))&&!(((st==4)&&(del==d))))))&&(st!=4))&&(w_op==0))&&(troubles>0)))", 1, 2, 0); /* m: 46 -> 337,0 */
	reached1[46] = 1;
	trans[1][46]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][47]	= settr(0,0,0,0,0,"w_op = 11",0,0,0);
	trans[1][48]	= settr(0,0,0,0,0,"w_a = g",0,0,0);
	trans[1][49]	= settr(0,0,0,0,0,"w_b = d",0,0,0);
	trans[1][50]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	T = trans[ 1][86] = settr(415,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(415,2,52,0,0,"ATOMIC", 1, 2, 0);
	trans[1][52]	= settr(381,2,64,96,0,"(((ph==1)&&(((!((last==d))&&((st==2)||(st==3)))&&(gen==g))||((st==4)&&(del==d)))))", 1, 2, 0);
	T = trans[1][64] = settr(393,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(393,2,53,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(393,2,54,0,0,"IF", 1, 2, 0);
	trans[1][53]	= settr(382,2,84,97,0,"(((st==4)&&(del==d)))", 1, 2, 0);
	trans[1][65]	= settr(394,2,84,1,0,".(goto)", 1, 2, 0);
	trans[1][54]	= settr(383,2,63,2,0,"else", 1, 2, 0);
	T = trans[ 1][63] = settr(392,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(392,0,55,0,0,"sub-sequence", 1, 2, 0);
	trans[1][55]	= settr(384,2,84,98,98,"assert(((G4||(run_of[1]==0))||run_lost[1]))", 1, 2, 0); /* m: 56 -> 0,84 */
	reached1[56] = 1;
	trans[1][56]	= settr(0,0,0,0,0,"assert(((G4||(run_of[2]==0))||run_lost[2]))",0,0,0);
	trans[1][57]	= settr(0,0,0,0,0,"assert((G5||(gen==g)))",0,0,0);
	trans[1][58]	= settr(0,0,0,0,0,"st = 4",0,0,0);
	trans[1][59]	= settr(0,0,0,0,0,"del = d",0,0,0);
	trans[1][60]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][61]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	trans[1][62]	= settr(0,0,0,0,0,"begins = (begins+1)",0,0,0);
	T = trans[1][84] = settr(413,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(413,2,66,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(413,2,82,0,0,"IF", 1, 2, 0);
	trans[1][66]	= settr(395,2,80,99,99,"assert((G3||due))", 1, 2, 0); /* m: 67 -> 0,80 */
	reached1[67] = 1;
	trans[1][67]	= settr(0,0,0,0,0,"assert((G6||!((answered_cancelled||answered_requested))))",0,0,0);
	trans[1][68]	= settr(0,0,0,0,0,"assert((G1||(g>=newest_at)))",0,0,0);
	trans[1][69]	= settr(0,0,0,0,0,"executions = (executions+1)",0,0,0);
	trans[1][70]	= settr(0,0,0,0,0,"ph = 2",0,0,0);
	trans[1][71]	= settr(0,0,0,0,0,"run_of[w] = d",0,0,0);
	trans[1][72]	= settr(0,0,0,0,0,"run_lost[w] = 0",0,0,0);
	T = trans[1][80] = settr(409,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(409,2,73,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(409,2,74,0,0,"IF", 1, 2, 0);
	trans[1][73]	= settr(402,0,337,100,100,"(1)", 1, 2, 0); /* m: 81 -> 337,0 */
	reached1[81] = 1;
	trans[1][81]	= settr(410,0,337,101,101,".(goto)", 1, 2, 0); /* m: 85 -> 0,337 */
	reached1[85] = 1;
	trans[1][74]	= settr(403,0,337,102,102,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 75 -> 337,0 */
	reached1[75] = 1;
	trans[1][75]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][76]	= settr(0,0,0,0,0,"w_op = 8",0,0,0);
	trans[1][77]	= settr(0,0,0,0,0,"w_a = g",0,0,0);
	trans[1][78]	= settr(0,0,0,0,0,"w_b = d",0,0,0);
	trans[1][79]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[1][85]	= settr(414,0,337,103,103,".(goto)", 1, 2, 0);
	trans[1][82]	= settr(411,0,337,104,104,"((troubles>0))", 1, 2, 0); /* m: 83 -> 337,0 */
	reached1[83] = 1;
	trans[1][83]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 1][94] = settr(423,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(423,2,87,0,0,"ATOMIC", 1, 2, 0);
	trans[1][87]	= settr(416,0,337,105,105,"(((ph==1)&&!((((!((last==d))&&((st==2)||(st==3)))&&(gen==g))||((st==4)&&(del==d))))))", 1, 2, 0); /* m: 88 -> 337,0 */
	reached1[88] = 1;
	trans[1][88]	= settr(0,0,0,0,0,"g = 0",0,0,0);
	trans[1][89]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][90]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][91]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][92]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][93]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	T = trans[ 1][155] = settr(484,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(484,2,95,0,0,"ATOMIC", 1, 2, 0);
	trans[1][95]	= settr(424,2,139,106,106,"(((ph==1)&&(troubles>0)))", 1, 2, 0); /* m: 96 -> 139,0 */
	reached1[96] = 1;
	trans[1][96]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 1][139] = settr(468,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(468,0,136,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][136] = settr(465,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(465,2,97,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(465,2,98,0,0,"IF", 1, 2, 0);
	trans[1][97]	= settr(426,2,147,107,107,"((last==d))", 1, 2, 0); /* m: 138 -> 147,0 */
	reached1[138] = 1;
	trans[1][137]	= settr(466,2,138,1,0,".(goto)", 1, 2, 0); /* m: 138 -> 0,147 */
	reached1[138] = 1;
	trans[1][98]	= settr(427,2,134,2,0,"else", 1, 2, 0);
	T = trans[1][134] = settr(463,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(463,2,99,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(463,2,133,0,0,"IF", 1, 2, 0);
	trans[1][99]	= settr(428,2,131,108,108,"((((st==4)&&(del==d))||(((st==2)||(st==3))&&(gen==g))))", 1, 2, 0); /* m: 100 -> 131,0 */
	reached1[100] = 1;
	trans[1][100]	= settr(0,0,0,0,0,"last = d",0,0,0);
	T = trans[1][131] = settr(460,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(460,2,101,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(460,2,120,0,0,"IF", 1, 2, 0);
	trans[1][101]	= settr(430,2,119,109,0,"((0>0))", 1, 2, 0);
	T = trans[ 1][119] = settr(448,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(448,0,102,0,0,"sub-sequence", 1, 2, 0);
	trans[1][102]	= settr(431,2,117,110,110,"points = (points+0)", 1, 2, 0); /* m: 103 -> 0,117 */
	reached1[103] = 1;
	trans[1][103]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[1][117] = settr(446,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(446,2,104,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(446,2,106,0,0,"IF", 1, 2, 0);
	trans[1][104]	= settr(433,2,147,111,111,"(requested)", 1, 2, 0); /* m: 105 -> 147,0 */
	reached1[105] = 1;
	trans[1][105]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[1][118]	= settr(447,2,138,1,0,".(goto)", 1, 2, 0); /* m: 138 -> 0,147 */
	reached1[138] = 1;
	trans[1][106]	= settr(435,2,115,2,0,"else", 1, 2, 0);
	T = trans[1][115] = settr(444,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(444,2,107,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(444,2,109,0,0,"IF", 1, 2, 0);
	trans[1][107]	= settr(436,2,147,112,112,"((points>=6))", 1, 2, 0); /* m: 108 -> 147,0 */
	reached1[108] = 1;
	trans[1][108]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[1][116]	= settr(445,2,138,1,0,".(goto)", 1, 2, 0); /* m: 138 -> 0,147 */
	reached1[138] = 1;
	trans[1][109]	= settr(438,2,114,2,0,"else", 1, 2, 0);
	T = trans[ 1][114] = settr(443,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(443,0,110,0,0,"sub-sequence", 1, 2, 0);
	trans[1][110]	= settr(439,2,147,113,113,"st = 1", 1, 2, 0); /* m: 111 -> 0,147 */
	reached1[111] = 1;
	trans[1][111]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[1][112]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][113]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][132]	= settr(461,2,138,1,0,".(goto)", 1, 2, 0); /* m: 138 -> 0,147 */
	reached1[138] = 1;
	trans[1][120]	= settr(449,2,129,2,0,"else", 1, 2, 0);
	T = trans[1][129] = settr(458,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(458,2,121,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(458,2,123,0,0,"IF", 1, 2, 0);
	trans[1][121]	= settr(450,2,147,114,114,"((requested&&(st==4)))", 1, 2, 0); /* m: 122 -> 147,0 */
	reached1[122] = 1;
	trans[1][122]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[1][130]	= settr(459,2,138,1,0,".(goto)", 1, 2, 0); /* m: 138 -> 0,147 */
	reached1[138] = 1;
	trans[1][123]	= settr(452,2,128,2,0,"else", 1, 2, 0);
	T = trans[ 1][128] = settr(457,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(457,0,124,0,0,"sub-sequence", 1, 2, 0);
	trans[1][124]	= settr(453,2,147,115,115,"st = 1", 1, 2, 0); /* m: 125 -> 0,147 */
	reached1[125] = 1;
	trans[1][125]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[1][126]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][127]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][135]	= settr(464,2,138,1,0,".(goto)", 1, 2, 0); /* m: 138 -> 0,147 */
	reached1[138] = 1;
	trans[1][133]	= settr(462,2,138,2,0,"else", 1, 2, 0);
	trans[1][138]	= settr(467,2,147,116,116,"assert((COUNT||(points<=(died+2))))", 1, 2, 0);
	T = trans[1][147] = settr(476,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(476,2,140,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(476,2,141,0,0,"IF", 1, 2, 0);
	trans[1][140]	= settr(469,0,337,117,117,"(1)", 1, 2, 0); /* m: 149 -> 337,0 */
	reached1[149] = 1;
	trans[1][148]	= settr(477,2,149,1,0,".(goto)", 1, 2, 0); /* m: 149 -> 0,337 */
	reached1[149] = 1;
	trans[1][141]	= settr(470,0,337,118,118,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 142 -> 337,0 */
	reached1[142] = 1;
	trans[1][142]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][143]	= settr(0,0,0,0,0,"w_op = 10",0,0,0);
	trans[1][144]	= settr(0,0,0,0,0,"w_a = d",0,0,0);
	trans[1][145]	= settr(0,0,0,0,0,"w_b = g",0,0,0);
	trans[1][146]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[1][149]	= settr(478,0,337,119,119,"g = 0", 1, 2, 0); /* m: 150 -> 0,337 */
	reached1[150] = 1;
	trans[1][150]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][151]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][152]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][153]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][154]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	T = trans[ 1][220] = settr(549,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(549,2,156,0,0,"ATOMIC", 1, 2, 0);
	trans[1][156]	= settr(485,2,204,120,120,"((((ph==1)||(ph==2))&&(troubles>0)))", 1, 2, 0); /* m: 157 -> 204,0 */
	reached1[157] = 1;
	trans[1][157]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][158]	= settr(0,0,0,0,0,"hurt = 1",0,0,0);
	trans[1][159]	= settr(0,0,0,0,0,"died = (died+3)",0,0,0);
	trans[1][160]	= settr(0,0,0,0,0,"run_of[w] = 0",0,0,0);
	trans[1][161]	= settr(0,0,0,0,0,"run_lost[w] = 0",0,0,0);
	T = trans[ 1][204] = settr(533,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(533,0,201,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][201] = settr(530,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(530,2,162,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(530,2,163,0,0,"IF", 1, 2, 0);
	trans[1][162]	= settr(491,2,212,121,121,"((last==d))", 1, 2, 0); /* m: 203 -> 212,0 */
	reached1[203] = 1;
	trans[1][202]	= settr(531,2,203,1,0,".(goto)", 1, 2, 0); /* m: 203 -> 0,212 */
	reached1[203] = 1;
	trans[1][163]	= settr(492,2,199,2,0,"else", 1, 2, 0);
	T = trans[1][199] = settr(528,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(528,2,164,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(528,2,198,0,0,"IF", 1, 2, 0);
	trans[1][164]	= settr(493,2,196,122,122,"((((st==4)&&(del==d))||(((st==2)||(st==3))&&(gen==g))))", 1, 2, 0); /* m: 165 -> 196,0 */
	reached1[165] = 1;
	trans[1][165]	= settr(0,0,0,0,0,"last = d",0,0,0);
	T = trans[1][196] = settr(525,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(525,2,166,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(525,2,185,0,0,"IF", 1, 2, 0);
	trans[1][166]	= settr(495,2,184,123,0,"((3>0))", 1, 2, 0);
	T = trans[ 1][184] = settr(513,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(513,0,167,0,0,"sub-sequence", 1, 2, 0);
	trans[1][167]	= settr(496,2,182,124,124,"points = (points+3)", 1, 2, 0); /* m: 168 -> 0,182 */
	reached1[168] = 1;
	trans[1][168]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[1][182] = settr(511,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(511,2,169,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(511,2,171,0,0,"IF", 1, 2, 0);
	trans[1][169]	= settr(498,2,212,125,125,"(requested)", 1, 2, 0); /* m: 170 -> 212,0 */
	reached1[170] = 1;
	trans[1][170]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[1][183]	= settr(512,2,203,1,0,".(goto)", 1, 2, 0); /* m: 203 -> 0,212 */
	reached1[203] = 1;
	trans[1][171]	= settr(500,2,180,2,0,"else", 1, 2, 0);
	T = trans[1][180] = settr(509,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(509,2,172,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(509,2,174,0,0,"IF", 1, 2, 0);
	trans[1][172]	= settr(501,2,212,126,126,"((points>=6))", 1, 2, 0); /* m: 173 -> 212,0 */
	reached1[173] = 1;
	trans[1][173]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[1][181]	= settr(510,2,203,1,0,".(goto)", 1, 2, 0); /* m: 203 -> 0,212 */
	reached1[203] = 1;
	trans[1][174]	= settr(503,2,179,2,0,"else", 1, 2, 0);
	T = trans[ 1][179] = settr(508,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(508,0,175,0,0,"sub-sequence", 1, 2, 0);
	trans[1][175]	= settr(504,2,212,127,127,"st = 1", 1, 2, 0); /* m: 176 -> 0,212 */
	reached1[176] = 1;
	trans[1][176]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[1][177]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][178]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][197]	= settr(526,2,203,1,0,".(goto)", 1, 2, 0); /* m: 203 -> 0,212 */
	reached1[203] = 1;
	trans[1][185]	= settr(514,2,194,2,0,"else", 1, 2, 0);
	T = trans[1][194] = settr(523,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(523,2,186,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(523,2,188,0,0,"IF", 1, 2, 0);
	trans[1][186]	= settr(515,2,212,128,128,"((requested&&(st==4)))", 1, 2, 0); /* m: 187 -> 212,0 */
	reached1[187] = 1;
	trans[1][187]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[1][195]	= settr(524,2,203,1,0,".(goto)", 1, 2, 0); /* m: 203 -> 0,212 */
	reached1[203] = 1;
	trans[1][188]	= settr(517,2,193,2,0,"else", 1, 2, 0);
	T = trans[ 1][193] = settr(522,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(522,0,189,0,0,"sub-sequence", 1, 2, 0);
	trans[1][189]	= settr(518,2,212,129,129,"st = 1", 1, 2, 0); /* m: 190 -> 0,212 */
	reached1[190] = 1;
	trans[1][190]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[1][191]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][192]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][200]	= settr(529,2,203,1,0,".(goto)", 1, 2, 0); /* m: 203 -> 0,212 */
	reached1[203] = 1;
	trans[1][198]	= settr(527,2,203,2,0,"else", 1, 2, 0);
	trans[1][203]	= settr(532,2,212,130,130,"assert((COUNT||(points<=(died+2))))", 1, 2, 0);
	T = trans[1][212] = settr(541,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(541,2,205,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(541,2,206,0,0,"IF", 1, 2, 0);
	trans[1][205]	= settr(534,0,337,131,131,"(1)", 1, 2, 0); /* m: 214 -> 337,0 */
	reached1[214] = 1;
	trans[1][213]	= settr(542,2,214,1,0,".(goto)", 1, 2, 0); /* m: 214 -> 0,337 */
	reached1[214] = 1;
	trans[1][206]	= settr(535,0,337,132,132,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 207 -> 337,0 */
	reached1[207] = 1;
	trans[1][207]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][208]	= settr(0,0,0,0,0,"w_op = 10",0,0,0);
	trans[1][209]	= settr(0,0,0,0,0,"w_a = d",0,0,0);
	trans[1][210]	= settr(0,0,0,0,0,"w_b = g",0,0,0);
	trans[1][211]	= settr(0,0,0,0,0,"w_c = 3",0,0,0);
	trans[1][214]	= settr(543,0,337,133,133,"g = 0", 1, 2, 0); /* m: 215 -> 0,337 */
	reached1[215] = 1;
	trans[1][215]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][216]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][217]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][218]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][219]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	T = trans[ 1][224] = settr(553,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(553,2,221,0,0,"ATOMIC", 1, 2, 0);
	trans[1][221]	= settr(550,0,337,134,134,"(((((ph==2)&&(st==4))&&(del==d))&&late))", 1, 2, 0); /* m: 222 -> 337,0 */
	reached1[222] = 1;
	trans[1][222]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][223]	= settr(0,0,0,0,0,"run_lost[w] = 0",0,0,0);
	T = trans[ 1][234] = settr(563,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(563,2,225,0,0,"ATOMIC", 1, 2, 0);
	trans[1][225]	= settr(554,0,337,135,135,"(((ph==2)&&!(((st==4)&&(del==d)))))", 1, 2, 0); /* m: 226 -> 337,0 */
	reached1[226] = 1;
	trans[1][226]	= settr(0,0,0,0,0,"run_of[w] = 0",0,0,0);
	trans[1][227]	= settr(0,0,0,0,0,"run_lost[w] = 0",0,0,0);
	trans[1][228]	= settr(0,0,0,0,0,"g = 0",0,0,0);
	trans[1][229]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][230]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][231]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][232]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][233]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	T = trans[ 1][253] = settr(582,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(582,2,235,0,0,"ATOMIC", 1, 2, 0);
	trans[1][235]	= settr(564,2,243,136,136,"((ph==2))", 1, 2, 0);
	T = trans[1][243] = settr(572,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(572,2,236,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(572,2,237,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(572,2,239,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(572,2,241,0,0,"IF", 1, 2, 0);
	trans[1][236]	= settr(565,2,248,137,137,"kind = 1", 1, 2, 0);
	trans[1][244]	= settr(573,2,248,1,0,".(goto)", 1, 2, 0);
	trans[1][237]	= settr(566,2,248,138,138,"((failures<1))", 1, 2, 0); /* m: 238 -> 248,0 */
	reached1[238] = 1;
	trans[1][238]	= settr(0,0,0,0,0,"kind = 2",0,0,0);
	trans[1][239]	= settr(568,2,248,139,139,"((failures>=1))", 1, 2, 0); /* m: 240 -> 248,0 */
	reached1[240] = 1;
	trans[1][240]	= settr(0,0,0,0,0,"kind = 4",0,0,0);
	trans[1][241]	= settr(570,2,248,140,140,"((deliveries<=1))", 1, 2, 0); /* m: 242 -> 248,0 */
	reached1[242] = 1;
	trans[1][242]	= settr(0,0,0,0,0,"kind = 3",0,0,0);
	T = trans[1][248] = settr(577,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(577,2,245,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(577,2,247,0,0,"IF", 1, 2, 0);
	trans[1][245]	= settr(574,0,337,141,141,"(((kind==2)||(kind==4)))", 1, 2, 0); /* m: 246 -> 337,0 */
	reached1[246] = 1;
	trans[1][246]	= settr(0,0,0,0,0,"finishes = (finishes+1)",0,0,0);
	trans[1][249]	= settr(578,2,250,1,0,".(goto)", 1, 2, 0); /* m: 250 -> 0,337 */
	reached1[250] = 1;
	trans[1][247]	= settr(576,2,250,2,0,"else", 1, 2, 0);
	trans[1][250]	= settr(579,0,337,142,142,"ph = 3", 1, 2, 0); /* m: 251 -> 0,337 */
	reached1[251] = 1;
	trans[1][251]	= settr(0,0,0,0,0,"run_of[w] = 0",0,0,0);
	trans[1][252]	= settr(0,0,0,0,0,"run_lost[w] = 0",0,0,0);
	T = trans[ 1][320] = settr(649,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(649,2,254,0,0,"ATOMIC", 1, 2, 0);
	trans[1][254]	= settr(583,2,297,143,0,"((ph==3))", 1, 2, 0);
	T = trans[ 1][297] = settr(626,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(626,0,294,0,0,"sub-sequence", 1, 2, 0);
	T = trans[1][294] = settr(623,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(623,2,255,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(623,2,293,0,0,"IF", 1, 2, 0);
	trans[1][255]	= settr(584,2,291,144,144,"(((st==4)&&(del==d)))", 1, 2, 0); /* m: 256 -> 291,0 */
	reached1[256] = 1;
	trans[1][256]	= settr(0,0,0,0,0,"last = d",0,0,0);
	T = trans[1][291] = settr(620,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(620,2,257,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(620,2,259,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(620,2,262,0,0,"IF", 1, 2, 0);
	trans[1][257]	= settr(586,2,318,145,145,"((kind==1))", 1, 2, 0); /* m: 258 -> 318,0 */
	reached1[258] = 1;
	trans[1][258]	= settr(0,0,0,0,0,"st = 5",0,0,0);
	trans[1][292]	= settr(621,2,296,1,0,".(goto)", 1, 2, 0); /* m: 296 -> 0,318 */
	reached1[296] = 1;
	trans[1][259]	= settr(588,2,318,146,146,"((kind==4))", 1, 2, 0); /* m: 260 -> 318,0 */
	reached1[260] = 1;
	trans[1][260]	= settr(0,0,0,0,0,"failures = (failures+1)",0,0,0);
	trans[1][261]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[1][262]	= settr(591,2,289,2,0,"else", 1, 2, 0);
	T = trans[1][289] = settr(618,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(618,2,263,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(618,2,265,0,0,"IF", 1, 2, 0);
	trans[1][263]	= settr(592,2,318,147,147,"(requested)", 1, 2, 0); /* m: 264 -> 318,0 */
	reached1[264] = 1;
	trans[1][264]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[1][290]	= settr(619,2,296,1,0,".(goto)", 1, 2, 0); /* m: 296 -> 0,318 */
	reached1[296] = 1;
	trans[1][265]	= settr(594,2,287,2,0,"else", 1, 2, 0);
	T = trans[1][287] = settr(616,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(616,2,266,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(616,2,274,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(616,2,281,0,0,"IF", 1, 2, 0);
	trans[1][266]	= settr(595,2,273,148,148,"((kind==2))", 1, 2, 0); /* m: 267 -> 273,0 */
	reached1[267] = 1;
	trans[1][267]	= settr(0,0,0,0,0,"failures = (failures+1)",0,0,0);
	trans[1][268]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[ 1][273] = settr(602,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(602,0,269,0,0,"sub-sequence", 1, 2, 0);
	trans[1][269]	= settr(598,2,318,149,149,"st = 1", 1, 2, 0); /* m: 270 -> 0,318 */
	reached1[270] = 1;
	trans[1][270]	= settr(0,0,0,0,0,"due = 0",0,0,0);
	trans[1][271]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][272]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][288]	= settr(617,2,296,1,0,".(goto)", 1, 2, 0); /* m: 296 -> 0,318 */
	reached1[296] = 1;
	trans[1][274]	= settr(603,2,280,150,150,"((kind==3))", 1, 2, 0); /* m: 275 -> 280,0 */
	reached1[275] = 1;
	trans[1][275]	= settr(0,0,0,0,0,"poll_next = 1",0,0,0);
	T = trans[ 1][280] = settr(609,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(609,0,276,0,0,"sub-sequence", 1, 2, 0);
	trans[1][276]	= settr(605,2,318,151,151,"st = 1", 1, 2, 0); /* m: 277 -> 0,318 */
	reached1[277] = 1;
	trans[1][277]	= settr(0,0,0,0,0,"due = 0",0,0,0);
	trans[1][278]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][279]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][281]	= settr(610,2,286,152,0,"((kind==5))", 1, 2, 0);
	T = trans[ 1][286] = settr(615,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(615,0,282,0,0,"sub-sequence", 1, 2, 0);
	trans[1][282]	= settr(611,2,318,153,153,"st = 1", 1, 2, 0); /* m: 283 -> 0,318 */
	reached1[283] = 1;
	trans[1][283]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[1][284]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[1][285]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[1][295]	= settr(624,2,296,1,0,".(goto)", 1, 2, 0); /* m: 296 -> 0,318 */
	reached1[296] = 1;
	trans[1][293]	= settr(622,2,296,2,0,"else", 1, 2, 0);
	trans[1][296]	= settr(625,2,318,154,154,"assert((COUNT||(failures<=finishes)))", 1, 2, 0);
	T = trans[1][318] = settr(647,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(647,2,298,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(647,2,304,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(647,2,306,0,0,"IF", 1, 2, 0);
	trans[1][298]	= settr(627,0,337,155,155,"g = 0", 1, 2, 0); /* m: 299 -> 0,337 */
	reached1[299] = 1;
	trans[1][299]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][300]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][301]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][302]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][303]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	trans[1][319]	= settr(648,0,337,156,156,".(goto)", 1, 2, 0);
	trans[1][304]	= settr(633,0,337,157,157,"((troubles>0))", 1, 2, 0); /* m: 305 -> 337,0 */
	reached1[305] = 1;
	trans[1][305]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][306]	= settr(635,0,337,158,158,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 307 -> 337,0 */
	reached1[307] = 1;
	trans[1][307]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][308]	= settr(0,0,0,0,0,"w_op = 9",0,0,0);
	trans[1][309]	= settr(0,0,0,0,0,"w_a = d",0,0,0);
	trans[1][310]	= settr(0,0,0,0,0,"w_b = kind",0,0,0);
	trans[1][311]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[1][312]	= settr(0,0,0,0,0,"g = 0",0,0,0);
	trans[1][313]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][314]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][315]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][316]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][317]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	T = trans[ 1][336] = settr(665,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(665,2,321,0,0,"ATOMIC", 1, 2, 0);
	trans[1][321]	= settr(650,2,328,159,159,"(((ph!=0)&&(troubles>0)))", 1, 2, 0); /* m: 322 -> 328,0 */
	reached1[322] = 1;
	trans[1][322]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[1][323]	= settr(0,0,0,0,0,"hurt = 1",0,0,0);
	trans[1][324]	= settr(0,0,0,0,0,"run_of[w] = 0",0,0,0);
	trans[1][325]	= settr(0,0,0,0,0,"run_lost[w] = 0",0,0,0);
	T = trans[1][328] = settr(657,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(657,2,326,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(657,2,327,0,0,"IF", 1, 2, 0);
	trans[1][326]	= settr(655,0,337,160,160,"queue[g] = (queue[g]+1)", 1, 2, 0); /* m: 330 -> 0,337 */
	reached1[330] = 1;
	trans[1][329]	= settr(658,2,330,1,0,".(goto)", 1, 2, 0); /* m: 330 -> 0,337 */
	reached1[330] = 1;
	trans[1][327]	= settr(656,0,337,161,161,"(1)", 1, 2, 0); /* m: 330 -> 337,0 */
	reached1[330] = 1;
	trans[1][330]	= settr(659,0,337,162,162,"g = 0", 1, 2, 0); /* m: 331 -> 0,337 */
	reached1[331] = 1;
	trans[1][331]	= settr(0,0,0,0,0,"d = 0",0,0,0);
	trans[1][332]	= settr(0,0,0,0,0,"ph = 0",0,0,0);
	trans[1][333]	= settr(0,0,0,0,0,"kind = 0",0,0,0);
	trans[1][334]	= settr(0,0,0,0,0,"has[w] = 0",0,0,0);
	trans[1][335]	= settr(0,0,0,0,0,"has_d[w] = 0",0,0,0);
	trans[1][339]	= settr(668,0,340,1,0,"break", 0, 2, 0);
	trans[1][340]	= settr(669,0,0,163,163,"-end-", 0, 3500, 0);

	/* proctype 0: keeper */

	trans[0] = (Trans **) emalloc(331*sizeof(Trans *));

	trans[0][328]	= settr(327,0,327,1,0,".(goto)", 0, 2, 0);
	T = trans[0][327] = settr(326,0,0,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,11,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,16,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,30,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,49,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,62,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,81,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,91,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,156,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,193,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,199,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,222,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,250,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,283,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,298,0,0,"DO", 0, 2, 0);
	T = T->nxt	= settr(326,0,318,0,0,"DO", 0, 2, 0);
	    T->nxt	= settr(326,0,326,0,0,"DO", 0, 2, 0);
	T = trans[ 0][11] = settr(10,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(10,2,1,0,0,"ATOMIC", 1, 2, 0);
	trans[0][1]	= settr(0,2,9,164,0,"((((names[k]==0)&&(((st==1)&&due)||((((st==2)||(st==3))||(st==4))&&late)))&&(!(lease_live)||(lease_owner==k))))", 1, 2, 0);
	T = trans[ 0][9] = settr(8,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(8,0,2,0,0,"sub-sequence", 1, 2, 0);
	trans[0][2]	= settr(1,0,327,165,165,"assert((G5||!(owner[(3-k)])))", 1, 2, 0); /* m: 3 -> 0,327 */
	reached0[3] = 1;
	trans[0][3]	= settr(0,0,0,0,0,"tokens = (tokens+1)",0,0,0);
	trans[0][4]	= settr(0,0,0,0,0,"lease_token = tokens",0,0,0);
	trans[0][5]	= settr(0,0,0,0,0,"lease_owner = k",0,0,0);
	trans[0][6]	= settr(0,0,0,0,0,"lease_live = 1",0,0,0);
	trans[0][7]	= settr(0,0,0,0,0,"owner[k] = 1",0,0,0);
	trans[0][8]	= settr(0,0,0,0,0,"names[k] = lease_token",0,0,0);
	trans[0][10]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	T = trans[ 0][16] = settr(15,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(15,2,12,0,0,"ATOMIC", 1, 2, 0);
	trans[0][12]	= settr(11,0,327,166,166,"((((names[k]!=0)&&!(((lease_token==names[k])&&lease_live)))&&(in_hand[k]==0)))", 1, 2, 0); /* m: 13 -> 327,0 */
	reached0[13] = 1;
	trans[0][13]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][14]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	trans[0][15]	= settr(0,0,0,0,0,"copy = 0",0,0,0);
	T = trans[ 0][30] = settr(29,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(29,2,17,0,0,"ATOMIC", 1, 2, 0);
	trans[0][17]	= settr(16,2,28,167,167,"(((names[k]!=0)&&!(swept)))", 1, 2, 0);
	T = trans[ 0][28] = settr(27,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(27,0,26,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][26] = settr(25,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(25,2,18,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(25,2,25,0,0,"IF", 1, 2, 0);
	trans[0][18]	= settr(17,2,24,168,168,"(((((lease_token==names[k])&&lease_live)&&(st==2))&&((tok!=names[k])||late)))", 1, 2, 0); /* m: 19 -> 24,0 */
	reached0[19] = 1;
	trans[0][19]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	T = trans[ 0][24] = settr(23,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(23,0,20,0,0,"sub-sequence", 1, 2, 0);
	trans[0][20]	= settr(19,0,327,169,169,"st = 1", 1, 2, 0); /* m: 21 -> 0,327 */
	reached0[21] = 1;
	trans[0][21]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[0][22]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][23]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[0][27]	= settr(26,0,327,170,170,".(goto)", 1, 2, 0); /* m: 29 -> 0,327 */
	reached0[29] = 1;
	trans[0][25]	= settr(24,2,27,2,0,"else", 1, 2, 0);
	trans[0][29]	= settr(0,0,0,0,0,"swept = 1",0,0,0);
	T = trans[ 0][49] = settr(48,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(48,2,31,0,0,"ATOMIC", 1, 2, 0);
	trans[0][31]	= settr(30,2,43,171,171,"(((((names[k]!=0)&&!(swept))&&(w_op==0))&&(troubles>0)))", 1, 2, 0); /* m: 32 -> 43,0 */
	reached0[32] = 1;
	trans[0][32]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][43] = settr(42,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(42,0,41,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][41] = settr(40,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(40,2,33,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(40,2,40,0,0,"IF", 1, 2, 0);
	trans[0][33]	= settr(32,2,39,172,172,"(((((lease_token==names[k])&&lease_live)&&(st==2))&&((tok!=names[k])||late)))", 1, 2, 0); /* m: 34 -> 39,0 */
	reached0[34] = 1;
	trans[0][34]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	T = trans[ 0][39] = settr(38,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(38,0,35,0,0,"sub-sequence", 1, 2, 0);
	trans[0][35]	= settr(34,0,327,173,173,"st = 1", 1, 2, 0); /* m: 36 -> 0,327 */
	reached0[36] = 1;
	trans[0][36]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[0][37]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][38]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[0][42]	= settr(41,2,44,1,0,".(goto)", 1, 2, 0); /* m: 44 -> 0,327 */
	reached0[44] = 1;
	trans[0][40]	= settr(39,2,44,2,0,"else", 1, 2, 0);
	trans[0][44]	= settr(43,0,327,174,174,"swept = 1", 1, 2, 0); /* m: 45 -> 0,327 */
	reached0[45] = 1;
	trans[0][45]	= settr(0,0,0,0,0,"w_op = 3",0,0,0);
	trans[0][46]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][47]	= settr(0,0,0,0,0,"w_b = 0",0,0,0);
	trans[0][48]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	T = trans[ 0][62] = settr(61,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(61,2,50,0,0,"ATOMIC", 1, 2, 0);
	trans[0][50]	= settr(49,2,61,175,0,"(((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(st==2))&&late)&&((lease_token==names[k])&&lease_live)))", 1, 2, 0);
	T = trans[ 0][61] = settr(60,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(60,0,59,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][59] = settr(58,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(58,2,51,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(58,2,58,0,0,"IF", 1, 2, 0);
	trans[0][51]	= settr(50,2,57,176,176,"(((((lease_token==names[k])&&lease_live)&&(st==2))&&((tok!=names[k])||late)))", 1, 2, 0); /* m: 52 -> 57,0 */
	reached0[52] = 1;
	trans[0][52]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	T = trans[ 0][57] = settr(56,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(56,0,53,0,0,"sub-sequence", 1, 2, 0);
	trans[0][53]	= settr(52,0,327,177,177,"st = 1", 1, 2, 0); /* m: 54 -> 0,327 */
	reached0[54] = 1;
	trans[0][54]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[0][55]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][56]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[0][60]	= settr(59,0,327,178,178,".(goto)", 1, 2, 0);
	trans[0][58]	= settr(57,2,60,2,0,"else", 1, 2, 0);
	T = trans[ 0][81] = settr(80,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(80,2,63,0,0,"ATOMIC", 1, 2, 0);
	trans[0][63]	= settr(62,2,71,179,0,"(((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((((lease_token==names[k])&&lease_live)&&(st==1))&&due)))", 1, 2, 0);
	T = trans[ 0][71] = settr(70,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(70,0,64,0,0,"sub-sequence", 1, 2, 0);
	trans[0][64]	= settr(63,2,79,180,180,"assert((SIZE||(gens<(9-1))))", 1, 2, 0); /* m: 65 -> 0,79 */
	reached0[65] = 1;
	trans[0][65]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][66]	= settr(0,0,0,0,0,"gens = (gens+1)",0,0,0);
	trans[0][67]	= settr(0,0,0,0,0,"gen = gens",0,0,0);
	trans[0][68]	= settr(0,0,0,0,0,"tok = names[k]",0,0,0);
	trans[0][69]	= settr(0,0,0,0,0,"st = 2",0,0,0);
	trans[0][70]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	T = trans[0][79] = settr(78,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(78,2,72,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(78,2,74,0,0,"IF", 1, 2, 0);
	trans[0][72]	= settr(71,0,327,181,181,"in_hand[k] = gen", 1, 2, 0); /* m: 73 -> 0,327 */
	reached0[73] = 1;
	trans[0][73]	= settr(0,0,0,0,0,"out = 0",0,0,0);
	trans[0][80]	= settr(79,0,327,182,182,".(goto)", 1, 2, 0);
	trans[0][74]	= settr(73,0,327,183,183,"((troubles>0))", 1, 2, 0); /* m: 75 -> 327,0 */
	reached0[75] = 1;
	trans[0][75]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][76]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][77]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][78]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	T = trans[ 0][91] = settr(90,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(90,2,82,0,0,"ATOMIC", 1, 2, 0);
	trans[0][82]	= settr(81,0,327,184,184,"(((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((((lease_token==names[k])&&lease_live)&&(st==1))&&due))&&(w_op==0))&&(troubles>0)))", 1, 2, 0); /* m: 83 -> 327,0 */
	reached0[83] = 1;
	trans[0][83]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][84]	= settr(0,0,0,0,0,"w_op = 1",0,0,0);
	trans[0][85]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][86]	= settr(0,0,0,0,0,"w_b = 0",0,0,0);
	trans[0][87]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[0][88]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][89]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][90]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	T = trans[ 0][156] = settr(155,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(155,2,92,0,0,"ATOMIC", 1, 2, 0);
	trans[0][92]	= settr(91,2,154,185,0,"(((in_hand[k]!=0)&&!(out)))", 1, 2, 0);
	T = trans[0][154] = settr(153,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(153,2,93,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(153,2,95,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(153,2,118,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(153,2,123,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(153,2,129,0,0,"IF", 1, 2, 0);
	trans[0][93]	= settr(92,0,327,186,186,"queue[in_hand[k]] = (queue[in_hand[k]]+1)", 1, 2, 0); /* m: 94 -> 0,327 */
	reached0[94] = 1;
	trans[0][94]	= settr(0,0,0,0,0,"out = 1",0,0,0);
	trans[0][155]	= settr(154,0,327,187,187,".(goto)", 1, 2, 0);
	trans[0][95]	= settr(94,2,107,188,188,"((troubles>0))", 1, 2, 0); /* m: 96 -> 107,0 */
	reached0[96] = 1;
	trans[0][96]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][107] = settr(106,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(106,0,105,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][105] = settr(104,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(104,2,97,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(104,2,104,0,0,"IF", 1, 2, 0);
	trans[0][97]	= settr(96,2,103,189,189,"((((((lease_token==names[k])&&lease_live)&&(st==2))&&(tok==names[k]))&&(gen==in_hand[k])))", 1, 2, 0); /* m: 98 -> 103,0 */
	reached0[98] = 1;
	trans[0][98]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	T = trans[ 0][103] = settr(102,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(102,0,99,0,0,"sub-sequence", 1, 2, 0);
	trans[0][99]	= settr(98,2,116,190,190,"st = 1", 1, 2, 0); /* m: 100 -> 0,116 */
	reached0[100] = 1;
	trans[0][100]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[0][101]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][102]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[0][106]	= settr(105,2,116,1,0,".(goto)", 1, 2, 0);
	trans[0][104]	= settr(103,2,116,2,0,"else", 1, 2, 0);
	T = trans[0][116] = settr(115,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(115,2,108,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(115,2,109,0,0,"IF", 1, 2, 0);
	trans[0][108]	= settr(107,0,327,191,191,"in_hand[k] = 0", 1, 2, 0); /* m: 117 -> 0,327 */
	reached0[117] = 1;
	trans[0][117]	= settr(116,0,327,192,192,".(goto)", 1, 2, 0); /* m: 155 -> 0,327 */
	reached0[155] = 1;
	trans[0][109]	= settr(108,0,327,193,193,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 110 -> 327,0 */
	reached0[110] = 1;
	trans[0][110]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][111]	= settr(0,0,0,0,0,"w_op = 4",0,0,0);
	trans[0][112]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][113]	= settr(0,0,0,0,0,"w_b = in_hand[k]",0,0,0);
	trans[0][114]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[0][115]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][118]	= settr(117,0,327,194,194,"((troubles>0))", 1, 2, 0); /* m: 119 -> 327,0 */
	reached0[119] = 1;
	trans[0][119]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][120]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][121]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][122]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	trans[0][123]	= settr(122,0,327,195,195,"((troubles>0))", 1, 2, 0); /* m: 124 -> 327,0 */
	reached0[124] = 1;
	trans[0][124]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][125]	= settr(0,0,0,0,0,"queue[in_hand[k]] = (queue[in_hand[k]]+1)",0,0,0);
	trans[0][126]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][127]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][128]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	trans[0][129]	= settr(128,2,143,196,196,"((troubles>0))", 1, 2, 0); /* m: 130 -> 143,0 */
	reached0[130] = 1;
	trans[0][130]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][143] = settr(142,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(142,0,141,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][141] = settr(140,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(140,2,131,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(140,2,140,0,0,"IF", 1, 2, 0);
	trans[0][131]	= settr(130,2,135,197,0,"(((((names[k]==0)||((lease_token==names[k])&&lease_live))&&((st==2)||(st==3)))&&(gen==in_hand[k])))", 1, 2, 0);
	T = trans[0][135] = settr(134,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(134,2,132,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(134,2,134,0,0,"IF", 1, 2, 0);
	trans[0][132]	= settr(131,2,152,198,198,"((names[k]!=0))", 1, 2, 0); /* m: 133 -> 152,0 */
	reached0[133] = 1;
	trans[0][133]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][136]	= settr(135,2,137,1,0,".(goto)", 1, 2, 0); /* m: 137 -> 0,152 */
	reached0[137] = 1;
	trans[0][134]	= settr(133,2,137,2,0,"else", 1, 2, 0);
	trans[0][137]	= settr(136,2,152,199,199,"assert((G2||(st!=4)))", 1, 2, 0); /* m: 138 -> 0,152 */
	reached0[138] = 1;
	trans[0][138]	= settr(0,0,0,0,0,"assert((G1||(in_hand[k]>=newest_at)))",0,0,0);
	trans[0][139]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[0][142]	= settr(141,2,152,1,0,".(goto)", 1, 2, 0);
	trans[0][140]	= settr(139,2,152,2,0,"else", 1, 2, 0);
	T = trans[0][152] = settr(151,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(151,2,144,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(151,2,145,0,0,"IF", 1, 2, 0);
	trans[0][144]	= settr(143,0,327,200,200,"in_hand[k] = 0", 1, 2, 0); /* m: 153 -> 0,327 */
	reached0[153] = 1;
	trans[0][153]	= settr(152,0,327,201,201,".(goto)", 1, 2, 0); /* m: 155 -> 0,327 */
	reached0[155] = 1;
	trans[0][145]	= settr(144,0,327,202,202,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 146 -> 327,0 */
	reached0[146] = 1;
	trans[0][146]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][147]	= settr(0,0,0,0,0,"w_op = 7",0,0,0);
	trans[0][148]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][149]	= settr(0,0,0,0,0,"w_b = in_hand[k]",0,0,0);
	trans[0][150]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[0][151]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	T = trans[ 0][193] = settr(192,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(192,2,157,0,0,"ATOMIC", 1, 2, 0);
	trans[0][157]	= settr(156,2,191,203,0,"(((in_hand[k]!=0)&&out))", 1, 2, 0);
	T = trans[0][191] = settr(190,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(190,2,165,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(190,2,167,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(190,2,182,0,0,"IF", 1, 2, 0);
	T = trans[ 0][165] = settr(164,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(164,0,163,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][163] = settr(162,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(162,2,158,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(162,2,162,0,0,"IF", 1, 2, 0);
	trans[0][158]	= settr(157,0,327,204,204,"((((((lease_token==names[k])&&lease_live)&&(st==2))&&(tok==names[k]))&&(gen==in_hand[k])))", 1, 2, 0); /* m: 159 -> 327,0 */
	reached0[159] = 1;
	trans[0][159]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][160]	= settr(0,0,0,0,0,"st = 3",0,0,0);
	trans[0][161]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][164]	= settr(163,2,166,1,0,".(goto)", 1, 2, 0); /* m: 166 -> 0,327 */
	reached0[166] = 1;
	trans[0][162]	= settr(161,2,166,2,0,"else", 1, 2, 0);
	trans[0][166]	= settr(165,0,327,205,205,"in_hand[k] = 0", 1, 2, 0); /* m: 192 -> 0,327 */
	reached0[192] = 1;
	trans[0][192]	= settr(191,0,327,206,206,".(goto)", 1, 2, 0);
	trans[0][167]	= settr(166,2,176,207,207,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 168 -> 176,0 */
	reached0[168] = 1;
	trans[0][168]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][176] = settr(175,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(175,0,174,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][174] = settr(173,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(173,2,169,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(173,2,173,0,0,"IF", 1, 2, 0);
	trans[0][169]	= settr(168,0,327,208,208,"((((((lease_token==names[k])&&lease_live)&&(st==2))&&(tok==names[k]))&&(gen==in_hand[k])))", 1, 2, 0); /* m: 170 -> 327,0 */
	reached0[170] = 1;
	trans[0][170]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][171]	= settr(0,0,0,0,0,"st = 3",0,0,0);
	trans[0][172]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][175]	= settr(174,2,177,1,0,".(goto)", 1, 2, 0); /* m: 177 -> 0,327 */
	reached0[177] = 1;
	trans[0][173]	= settr(172,2,177,2,0,"else", 1, 2, 0);
	trans[0][177]	= settr(176,0,327,209,209,"w_op = 2", 1, 2, 0); /* m: 178 -> 0,327 */
	reached0[178] = 1;
	trans[0][178]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][179]	= settr(0,0,0,0,0,"w_b = in_hand[k]",0,0,0);
	trans[0][180]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[0][181]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][182]	= settr(181,0,327,210,210,"(((w_op==0)&&(troubles>0)))", 1, 2, 0); /* m: 183 -> 327,0 */
	reached0[183] = 1;
	trans[0][183]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][184]	= settr(0,0,0,0,0,"w_op = 2",0,0,0);
	trans[0][185]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][186]	= settr(0,0,0,0,0,"w_b = in_hand[k]",0,0,0);
	trans[0][187]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[0][188]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][189]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][190]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	T = trans[ 0][199] = settr(198,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(198,2,194,0,0,"ATOMIC", 1, 2, 0);
	trans[0][194]	= settr(193,0,327,211,211,"(((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(copy==0))&&((lease_token==names[k])&&lease_live))&&(st==3))&&late)&&contact))", 1, 2, 0); /* m: 195 -> 327,0 */
	reached0[195] = 1;
	trans[0][195]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][196]	= settr(0,0,0,0,0,"assert((LOAD||(late&&(st==3))))",0,0,0);
	trans[0][197]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][198]	= settr(0,0,0,0,0,"copy = gen",0,0,0);
	T = trans[ 0][222] = settr(221,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(221,2,200,0,0,"ATOMIC", 1, 2, 0);
	trans[0][200]	= settr(199,2,219,212,0,"((copy!=0))", 1, 2, 0);
	T = trans[0][219] = settr(218,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(218,2,201,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(218,2,202,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(218,2,204,0,0,"IF", 1, 2, 0);
	trans[0][201]	= settr(200,0,327,213,213,"queue[copy] = (queue[copy]+1)", 1, 2, 0); /* m: 220 -> 0,327 */
	reached0[220] = 1;
	trans[0][220]	= settr(219,0,327,214,214,".(goto)", 1, 2, 0); /* m: 221 -> 0,327 */
	reached0[221] = 1;
	trans[0][202]	= settr(201,0,327,215,215,"((troubles>0))", 1, 2, 0); /* m: 203 -> 327,0 */
	reached0[203] = 1;
	trans[0][203]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][204]	= settr(203,2,218,216,216,"((troubles>0))", 1, 2, 0); /* m: 205 -> 218,0 */
	reached0[205] = 1;
	trans[0][205]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][218] = settr(217,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(217,0,216,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][216] = settr(215,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(215,2,206,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(215,2,215,0,0,"IF", 1, 2, 0);
	trans[0][206]	= settr(205,2,210,217,0,"(((((names[k]==0)||((lease_token==names[k])&&lease_live))&&((st==2)||(st==3)))&&(gen==copy)))", 1, 2, 0);
	T = trans[0][210] = settr(209,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(209,2,207,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(209,2,209,0,0,"IF", 1, 2, 0);
	trans[0][207]	= settr(206,0,327,218,218,"((names[k]!=0))", 1, 2, 0); /* m: 208 -> 327,0 */
	reached0[208] = 1;
	trans[0][208]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][211]	= settr(210,2,212,1,0,".(goto)", 1, 2, 0); /* m: 212 -> 0,327 */
	reached0[212] = 1;
	trans[0][209]	= settr(208,2,212,2,0,"else", 1, 2, 0);
	trans[0][212]	= settr(211,0,327,219,219,"assert((G2||(st!=4)))", 1, 2, 0); /* m: 213 -> 0,327 */
	reached0[213] = 1;
	trans[0][213]	= settr(0,0,0,0,0,"assert((G1||(copy>=newest_at)))",0,0,0);
	trans[0][214]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[0][217]	= settr(216,2,220,1,0,".(goto)", 1, 2, 0); /* m: 220 -> 0,327 */
	reached0[220] = 1;
	trans[0][215]	= settr(214,2,220,2,0,"else", 1, 2, 0);
	trans[0][221]	= settr(0,0,0,0,0,"copy = 0",0,0,0);
	T = trans[ 0][250] = settr(249,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(249,2,223,0,0,"ATOMIC", 1, 2, 0);
	trans[0][223]	= settr(222,2,249,220,0,"((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((lease_token==names[k])&&lease_live))&&(st==4))&&late)&&contact))", 1, 2, 0);
	T = trans[ 0][249] = settr(248,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(248,0,247,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][247] = settr(246,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(246,2,224,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(246,2,246,0,0,"IF", 1, 2, 0);
	trans[0][224]	= settr(223,2,245,221,221,"((((((lease_token==names[k])&&lease_live)&&(st==4))&&late)&&contact))", 1, 2, 0); /* m: 225 -> 245,0 */
	reached0[225] = 1;
	trans[0][225]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][226]	= settr(0,0,0,0,0,"assert(((G4||hurt)||(st!=4)))",0,0,0);
	trans[0][227]	= settr(0,0,0,0,0,"assert((COUNT||(st==4)))",0,0,0);
	T = trans[ 0][245] = settr(244,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(244,0,228,0,0,"sub-sequence", 1, 2, 0);
	trans[0][228]	= settr(227,2,243,222,222,"points = (points+1)", 1, 2, 0); /* m: 229 -> 0,243 */
	reached0[229] = 1;
	trans[0][229]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[0][243] = settr(242,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(242,2,230,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(242,2,232,0,0,"IF", 1, 2, 0);
	trans[0][230]	= settr(229,0,327,223,223,"(requested)", 1, 2, 0); /* m: 231 -> 327,0 */
	reached0[231] = 1;
	trans[0][231]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[0][244]	= settr(243,0,327,224,224,".(goto)", 1, 2, 0); /* m: 248 -> 0,327 */
	reached0[248] = 1;
	trans[0][232]	= settr(231,2,241,2,0,"else", 1, 2, 0);
	T = trans[0][241] = settr(240,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(240,2,233,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(240,2,235,0,0,"IF", 1, 2, 0);
	trans[0][233]	= settr(232,0,327,225,225,"((points>=6))", 1, 2, 0); /* m: 234 -> 327,0 */
	reached0[234] = 1;
	trans[0][234]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[0][242]	= settr(241,2,244,1,0,".(goto)", 1, 2, 0); /* m: 244 -> 0,327 */
	reached0[244] = 1;
	trans[0][235]	= settr(234,2,240,2,0,"else", 1, 2, 0);
	T = trans[ 0][240] = settr(239,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(239,0,236,0,0,"sub-sequence", 1, 2, 0);
	trans[0][236]	= settr(235,0,327,226,226,"st = 1", 1, 2, 0); /* m: 237 -> 0,327 */
	reached0[237] = 1;
	trans[0][237]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[0][238]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][239]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[0][248]	= settr(247,0,327,227,227,".(goto)", 1, 2, 0);
	trans[0][246]	= settr(245,2,248,2,0,"else", 1, 2, 0);
	T = trans[ 0][283] = settr(282,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(282,2,251,0,0,"ATOMIC", 1, 2, 0);
	trans[0][251]	= settr(250,2,278,228,228,"((((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&((lease_token==names[k])&&lease_live))&&(st==4))&&late)&&contact)&&(w_op==0))&&(troubles>0)))", 1, 2, 0); /* m: 252 -> 278,0 */
	reached0[252] = 1;
	trans[0][252]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][278] = settr(277,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(277,0,276,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][276] = settr(275,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(275,2,253,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(275,2,275,0,0,"IF", 1, 2, 0);
	trans[0][253]	= settr(252,2,274,229,229,"((((((lease_token==names[k])&&lease_live)&&(st==4))&&late)&&contact))", 1, 2, 0); /* m: 254 -> 274,0 */
	reached0[254] = 1;
	trans[0][254]	= settr(0,0,0,0,0,"assert((G5||((names[k]==tokens)&&lease_live)))",0,0,0);
	trans[0][255]	= settr(0,0,0,0,0,"assert(((G4||hurt)||(st!=4)))",0,0,0);
	trans[0][256]	= settr(0,0,0,0,0,"assert((COUNT||(st==4)))",0,0,0);
	T = trans[ 0][274] = settr(273,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(273,0,257,0,0,"sub-sequence", 1, 2, 0);
	trans[0][257]	= settr(256,2,272,230,230,"points = (points+1)", 1, 2, 0); /* m: 258 -> 0,272 */
	reached0[258] = 1;
	trans[0][258]	= settr(0,0,0,0,0,"poll_next = 0",0,0,0);
	T = trans[0][272] = settr(271,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(271,2,259,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(271,2,261,0,0,"IF", 1, 2, 0);
	trans[0][259]	= settr(258,0,327,231,231,"(requested)", 1, 2, 0); /* m: 260 -> 327,0 */
	reached0[260] = 1;
	trans[0][260]	= settr(0,0,0,0,0,"st = 6",0,0,0);
	trans[0][273]	= settr(272,2,279,1,0,".(goto)", 1, 2, 0); /* m: 279 -> 0,327 */
	reached0[279] = 1;
	trans[0][261]	= settr(260,2,270,2,0,"else", 1, 2, 0);
	T = trans[0][270] = settr(269,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(269,2,262,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(269,2,264,0,0,"IF", 1, 2, 0);
	trans[0][262]	= settr(261,0,327,232,232,"((points>=6))", 1, 2, 0); /* m: 263 -> 327,0 */
	reached0[263] = 1;
	trans[0][263]	= settr(0,0,0,0,0,"st = 7",0,0,0);
	trans[0][271]	= settr(270,2,279,1,0,".(goto)", 1, 2, 0); /* m: 279 -> 0,327 */
	reached0[279] = 1;
	trans[0][264]	= settr(263,2,269,2,0,"else", 1, 2, 0);
	T = trans[ 0][269] = settr(268,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(268,0,265,0,0,"sub-sequence", 1, 2, 0);
	trans[0][265]	= settr(264,0,327,233,233,"st = 1", 1, 2, 0); /* m: 266 -> 0,327 */
	reached0[266] = 1;
	trans[0][266]	= settr(0,0,0,0,0,"due = due",0,0,0);
	trans[0][267]	= settr(0,0,0,0,0,"late = 0",0,0,0);
	trans[0][268]	= settr(0,0,0,0,0,"requested = 0",0,0,0);
	trans[0][277]	= settr(276,2,279,1,0,".(goto)", 1, 2, 0); /* m: 279 -> 0,327 */
	reached0[279] = 1;
	trans[0][275]	= settr(274,2,279,2,0,"else", 1, 2, 0);
	trans[0][279]	= settr(278,0,327,234,234,"w_op = 6", 1, 2, 0); /* m: 280 -> 0,327 */
	reached0[280] = 1;
	trans[0][280]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][281]	= settr(0,0,0,0,0,"w_b = 0",0,0,0);
	trans[0][282]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	T = trans[ 0][298] = settr(297,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(297,2,284,0,0,"ATOMIC", 1, 2, 0);
	trans[0][284]	= settr(283,2,295,235,235,"(((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(copy==0))&&!((((st==1)&&due)||((((st==2)||(st==3))||(st==4))&&late))))&&((lease_token==names[k])&&lease_live)))", 1, 2, 0);
	T = trans[ 0][295] = settr(294,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(294,0,293,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][293] = settr(292,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(292,2,285,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(292,2,292,0,0,"IF", 1, 2, 0);
	trans[0][285]	= settr(284,2,290,236,236,"(((lease_token==names[k])&&lease_live))", 1, 2, 0); /* m: 286 -> 290,0 */
	reached0[286] = 1;
	trans[0][286]	= settr(0,0,0,0,0,"lease_live = 0",0,0,0);
	T = trans[0][290] = settr(289,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(289,2,287,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(289,2,289,0,0,"IF", 1, 2, 0);
	trans[0][287]	= settr(286,0,327,237,237,"((names[k]==tokens))", 1, 2, 0); /* m: 288 -> 327,0 */
	reached0[288] = 1;
	trans[0][288]	= settr(0,0,0,0,0,"owner[k] = 0",0,0,0);
	trans[0][291]	= settr(290,2,296,1,0,".(goto)", 1, 2, 0); /* m: 296 -> 0,327 */
	reached0[296] = 1;
	trans[0][289]	= settr(288,2,296,2,0,"else", 1, 2, 0);
	trans[0][294]	= settr(293,2,296,1,0,".(goto)", 1, 2, 0); /* m: 296 -> 0,327 */
	reached0[296] = 1;
	trans[0][292]	= settr(291,2,296,2,0,"else", 1, 2, 0);
	trans[0][296]	= settr(295,0,327,238,238,"names[k] = 0", 1, 2, 0); /* m: 297 -> 0,327 */
	reached0[297] = 1;
	trans[0][297]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	T = trans[ 0][318] = settr(317,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(317,2,299,0,0,"ATOMIC", 1, 2, 0);
	trans[0][299]	= settr(298,2,311,239,239,"(((((((((names[k]!=0)&&swept)&&(in_hand[k]==0))&&(copy==0))&&!((((st==1)&&due)||((((st==2)||(st==3))||(st==4))&&late))))&&((lease_token==names[k])&&lease_live))&&(w_op==0))&&(troubles>0)))", 1, 2, 0); /* m: 300 -> 311,0 */
	reached0[300] = 1;
	trans[0][300]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	T = trans[ 0][311] = settr(310,0,0,0,0,"sub-sequence", 1, 2, 0);
	T->nxt	= settr(310,0,309,0,0,"sub-sequence", 1, 2, 0);
	T = trans[0][309] = settr(308,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(308,2,301,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(308,2,308,0,0,"IF", 1, 2, 0);
	trans[0][301]	= settr(300,2,306,240,240,"(((lease_token==names[k])&&lease_live))", 1, 2, 0); /* m: 302 -> 306,0 */
	reached0[302] = 1;
	trans[0][302]	= settr(0,0,0,0,0,"lease_live = 0",0,0,0);
	T = trans[0][306] = settr(305,2,0,0,0,"IF", 1, 2, 0);
	T = T->nxt	= settr(305,2,303,0,0,"IF", 1, 2, 0);
	    T->nxt	= settr(305,2,305,0,0,"IF", 1, 2, 0);
	trans[0][303]	= settr(302,0,327,241,241,"((names[k]==tokens))", 1, 2, 0); /* m: 304 -> 327,0 */
	reached0[304] = 1;
	trans[0][304]	= settr(0,0,0,0,0,"owner[k] = 0",0,0,0);
	trans[0][307]	= settr(306,2,312,1,0,".(goto)", 1, 2, 0); /* m: 312 -> 0,327 */
	reached0[312] = 1;
	trans[0][305]	= settr(304,2,312,2,0,"else", 1, 2, 0);
	trans[0][310]	= settr(309,2,312,1,0,".(goto)", 1, 2, 0); /* m: 312 -> 0,327 */
	reached0[312] = 1;
	trans[0][308]	= settr(307,2,312,2,0,"else", 1, 2, 0);
	trans[0][312]	= settr(311,0,327,242,242,"w_op = 5", 1, 2, 0); /* m: 313 -> 0,327 */
	reached0[313] = 1;
	trans[0][313]	= settr(0,0,0,0,0,"w_a = names[k]",0,0,0);
	trans[0][314]	= settr(0,0,0,0,0,"w_b = k",0,0,0);
	trans[0][315]	= settr(0,0,0,0,0,"w_c = 0",0,0,0);
	trans[0][316]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][317]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	T = trans[ 0][326] = settr(325,2,0,0,0,"ATOMIC", 1, 2, 0);
	T->nxt	= settr(325,2,319,0,0,"ATOMIC", 1, 2, 0);
	trans[0][319]	= settr(318,0,327,243,243,"((((names[k]!=0)||(in_hand[k]!=0))&&(troubles>0)))", 1, 2, 0); /* m: 320 -> 327,0 */
	reached0[320] = 1;
	trans[0][320]	= settr(0,0,0,0,0,"troubles = (troubles-1)",0,0,0);
	trans[0][321]	= settr(0,0,0,0,0,"names[k] = 0",0,0,0);
	trans[0][322]	= settr(0,0,0,0,0,"in_hand[k] = 0",0,0,0);
	trans[0][323]	= settr(0,0,0,0,0,"swept = 0",0,0,0);
	trans[0][324]	= settr(0,0,0,0,0,"copy = 0",0,0,0);
	trans[0][325]	= settr(0,0,0,0,0,"out = 0",0,0,0);
	trans[0][329]	= settr(328,0,330,1,0,"break", 0, 2, 0);
	trans[0][330]	= settr(329,0,0,244,244,"-end-", 0, 3500, 0);
	/* np_ demon: */
	trans[_NP_] = (Trans **) emalloc(3*sizeof(Trans *));
	T = trans[_NP_][0] = settr(9997,0,1,_T5,0,"(np_)", 1,2,0);
	    T->nxt	  = settr(9998,0,0,_T2,0,"(1)",   0,2,0);
	T = trans[_NP_][1] = settr(9999,0,1,_T5,0,"(np_)", 1,2,0);
}

Trans *
settr(	int t_id, int a, int b, int c, int d,
	char *t, int g, int tpe0, int tpe1)
{	Trans *tmp = (Trans *) emalloc(sizeof(Trans));

	tmp->atom  = a&(6|32);	/* only (2|8|32) have meaning */
	if (!g) tmp->atom |= 8;	/* no global references */
	tmp->st    = b;
	tmp->tpe[0] = tpe0;
	tmp->tpe[1] = tpe1;
	tmp->tp    = t;
	tmp->t_id  = t_id;
	tmp->forw  = c;
	tmp->back  = d;
	return tmp;
}

Trans *
cpytr(Trans *a)
{	Trans *tmp = (Trans *) emalloc(sizeof(Trans));

	int i;
	tmp->atom  = a->atom;
	tmp->st    = a->st;
#ifdef HAS_UNLESS
	tmp->e_trans = a->e_trans;
	for (i = 0; i < HAS_UNLESS; i++)
		tmp->escp[i] = a->escp[i];
#endif
	tmp->tpe[0] = a->tpe[0];
	tmp->tpe[1] = a->tpe[1];
	for (i = 0; i < 6; i++)
	{	tmp->qu[i] = a->qu[i];
		tmp->ty[i] = a->ty[i];
	}
	tmp->tp    = (char *) emalloc(strlen(a->tp)+1);
	strcpy(tmp->tp, a->tp);
	tmp->t_id  = a->t_id;
	tmp->forw  = a->forw;
	tmp->back  = a->back;
	return tmp;
}

#ifndef NOREDUCE
int
srinc_set(int n)
{	if (n <= 2) return LOCAL;
	if (n <= 2+  DELTA) return Q_FULL_F; /* 's' or nfull  */
	if (n <= 2+2*DELTA) return Q_EMPT_F; /* 'r' or nempty */
	if (n <= 2+3*DELTA) return Q_EMPT_T; /* empty */
	if (n <= 2+4*DELTA) return Q_FULL_T; /* full  */
	if (n ==   5*DELTA) return GLOBAL;
	if (n ==   6*DELTA) return TIMEOUT_F;
	if (n ==   7*DELTA) return ALPHA_F;
	Uerror("cannot happen srinc_class");
	return BAD;
}
int
srunc(int n, int m)
{	switch(m) {
	case Q_FULL_F: return n-2;
	case Q_EMPT_F: return n-2-DELTA;
	case Q_EMPT_T: return n-2-2*DELTA;
	case Q_FULL_T: return n-2-3*DELTA;
	case ALPHA_F:
	case TIMEOUT_F: return 257; /* non-zero, and > MAXQ */
	}
	Uerror("cannot happen srunc");
	return 0;
}
#endif
int cnt;
#ifdef HAS_UNLESS
int
isthere(Trans *a, int b)
{	Trans *t;
	for (t = a; t; t = t->nxt)
		if (t->t_id == b)
			return 1;
	return 0;
}
#endif
#ifndef NOREDUCE
int
mark_safety(Trans *t) /* for conditional safety */
{	int g = 0, i, j, k;

	if (!t) return 0;
	if (t->qu[0])
		return (t->qu[1])?2:1;	/* marked */

	for (i = 0; i < 2; i++)
	{	j = srinc_set(t->tpe[i]);
		if (j >= GLOBAL && j != ALPHA_F)
			return -1;
		if (j != LOCAL)
		{	k = srunc(t->tpe[i], j);
			if (g == 0
			||  t->qu[0] != k
			||  t->ty[0] != j)
			{	t->qu[g] = k;
				t->ty[g] = j;
				g++;
	}	}	}
	return g;
}
#endif
void
retrans(int n, int m, int is, short srcln[], uchar reach[], uchar lpstate[])
	/* process n, with m states, is=initial state */
{	Trans *T0, *T1, *T2, *T3;
	Trans *T4, *T5; /* t_reverse or has_unless */
	int i;
#if defined(HAS_UNLESS) || !defined(NOREDUCE)
	int k;
#endif
#ifndef NOREDUCE
	int g, h, j, aa;
#endif
#ifdef HAS_UNLESS
	int p;
#endif
	if (state_tables >= 4)
	{	printf("STEP 1 %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
		return;
	}
	do {
		for (i = 1, cnt = 0; i < m; i++)
		{	T2 = trans[n][i];
			T1 = T2?T2->nxt:(Trans *)0;
/* prescan: */		for (T0 = T1; T0; T0 = T0->nxt)
/* choice in choice */	{	if (T0->st && trans[n][T0->st]
				&&  trans[n][T0->st]->nxt)
					break;
			}
#if 0
		if (T0)
		printf("\tstate %d / %d: choice in choice\n",
		i, T0->st);
#endif
			if (T0)
			for (T0 = T1; T0; T0 = T0->nxt)
			{	T3 = trans[n][T0->st];
				if (!T3->nxt)
				{	T2->nxt = cpytr(T0);
					T2 = T2->nxt;
					imed(T2, T0->st, n, i);
					continue;
				}
				do {	T3 = T3->nxt;
					T2->nxt = cpytr(T3);
					T2 = T2->nxt;
					imed(T2, T0->st, n, i);
				} while (T3->nxt);
				cnt++;
			}
		}
	} while (cnt);
	if (state_tables >= 3)
	{	printf("STEP 2 %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
		return;
	}
	for (i = 1; i < m; i++)
	{	if (trans[n][i] && trans[n][i]->nxt) /* optimize */
		{	T1 = trans[n][i]->nxt;
#if 0
			printf("\t\tpull %d (%d) to %d\n",
			T1->st, T1->forw, i);
#endif
			srcln[i] = srcln[T1->st];	/* Oyvind Teig, 5.2.0 */

			if (!trans[n][T1->st]) continue;
			T0 = cpytr(trans[n][T1->st]);
			trans[n][i] = T0;
			reach[T1->st] = 1;
			imed(T0, T1->st, n, i);
			for (T1 = T1->nxt; T1; T1 = T1->nxt)
			{
#if 0
			printf("\t\tpull %d (%d) to %d\n",
				T1->st, T1->forw, i);
#endif
		/*		srcln[i] = srcln[T1->st];  gh: not useful */
				if (!trans[n][T1->st]) continue;
				T0->nxt = cpytr(trans[n][T1->st]);
				T0 = T0->nxt;
				reach[T1->st] = 1;
				imed(T0, T1->st, n, i);
	}	}	}
	if (state_tables >= 2)
	{	printf("STEP 3 %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
		return;
	}
#ifdef HAS_UNLESS
	for (i = 1; i < m; i++)
	{	if (!trans[n][i]) continue;
		/* check for each state i if an
		 * escape to some state p is defined
		 * if so, copy and mark p's transitions
		 * and prepend them to the transition-
		 * list of state i
		 */
	 if (!like_java) /* the default */
	 {	for (T0 = trans[n][i]; T0; T0 = T0->nxt)
		for (k = HAS_UNLESS-1; k >= 0; k--)
		{	if (p = T0->escp[k])
			for (T1 = trans[n][p]; T1; T1 = T1->nxt)
			{	if (isthere(trans[n][i], T1->t_id))
					continue;
				T2 = cpytr(T1);
				T2->e_trans = p;
				T2->nxt = trans[n][i];
				trans[n][i] = T2;
		}	}
	 } else /* outermost unless checked first */
	 {	T4 = T3 = (Trans *) 0;
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
		for (k = HAS_UNLESS-1; k >= 0; k--)
		{	if (p = T0->escp[k])
			for (T1 = trans[n][p]; T1; T1 = T1->nxt)
			{	if (isthere(trans[n][i], T1->t_id))
					continue;
				T2 = cpytr(T1);
				T2->nxt = (Trans *) 0;
				T2->e_trans = p;
				if (T3)	T3->nxt = T2;
				else	T4 = T2;
				T3 = T2;
		}	}
		if (T4)
		{	T3->nxt = trans[n][i];
			trans[n][i] = T4;
		}
	 }
	}
#endif
#ifndef NOREDUCE
	for (i = 1; i < m; i++)
	{	if (a_cycles)
		{ /* moves through these states are visible */
	#if PROG_LAB>0 && defined(HAS_NP)
			if (progstate[n][i])
				goto degrade;
			for (T1 = trans[n][i]; T1; T1 = T1->nxt)
				if (progstate[n][T1->st])
					goto degrade;
	#endif
			if (accpstate[n][i] || visstate[n][i])
				goto degrade;
			for (T1 = trans[n][i]; T1; T1 = T1->nxt)
				if (accpstate[n][T1->st])
					goto degrade;
		}
		T1 = trans[n][i];
		if (!T1) continue;
		g = mark_safety(T1);	/* V3.3.1 */
		if (g < 0) goto degrade; /* global */
		/* check if mixing of guards preserves reduction */
		if (T1->nxt)
		{	k = 0;
			for (T0 = T1; T0; T0 = T0->nxt)
			{	if (!(T0->atom&8))
					goto degrade;
				for (aa = 0; aa < 2; aa++)
				{	j = srinc_set(T0->tpe[aa]);
					if (j >= GLOBAL && j != ALPHA_F)
						goto degrade;
					if (T0->tpe[aa]
					&&  T0->tpe[aa]
					!=  T1->tpe[0])
						k = 1;
			}	}
			/* g = 0;	V3.3.1 */
			if (k)	/* non-uniform selection */
			for (T0 = T1; T0; T0 = T0->nxt)
			for (aa = 0; aa < 2; aa++)
			{	j = srinc_set(T0->tpe[aa]);
				if (j != LOCAL)
				{	k = srunc(T0->tpe[aa], j);
					for (h = 0; h < 6; h++)
						if (T1->qu[h] == k
						&&  T1->ty[h] == j)
							break;
					if (h >= 6)
					{	T1->qu[g%6] = k;
						T1->ty[g%6] = j;
						g++;
			}	}	}
			if (g > 6)
			{	T1->qu[0] = 0;	/* turn it off */
				printf("pan: warning, line %d, ",
					srcln[i]);
			 	printf("too many stmnt types (%d)",
					g);
			  	printf(" in selection\n");
			  goto degrade;
			}
		}
		/* mark all options global if >=1 is global */
		for (T1 = trans[n][i]; T1; T1 = T1->nxt)
			if (!(T1->atom&8)) break;
		if (T1)
degrade:	for (T1 = trans[n][i]; T1; T1 = T1->nxt)
			T1->atom &= ~8;	/* mark as unsafe */
		/* can only mix 'r's or 's's if on same chan */
		/* and not mixed with other local operations */
		T1 = trans[n][i];
		if (!T1 || T1->qu[0]) continue;
		j = T1->tpe[0];
		if (T1->nxt && T1->atom&8)
		{ if (j == 5*DELTA)
		  {	printf("warning: line %d ", srcln[i]);
			printf("mixed condition ");
			printf("(defeats reduction)\n");
			goto degrade;
		  }
		  for (T0 = T1; T0; T0 = T0->nxt)
		  for (aa = 0; aa < 2; aa++)
		  if  (T0->tpe[aa] && T0->tpe[aa] != j)
		  {	printf("warning: line %d ", srcln[i]);
			printf("[%d-%d] mixed %stion ",
				T0->tpe[aa], j, 
				(j==5*DELTA)?"condi":"selec");
			printf("(defeats reduction)\n");
			printf("	'%s' <-> '%s'\n",
				T1->tp, T0->tp);
			goto degrade;
		} }
	}
#endif
	for (i = 1; i < m; i++)
	{	T2 = trans[n][i];
		if (!T2
		||  T2->nxt
		||  strncmp(T2->tp, ".(goto)", 7)
		||  !stopstate[n][i])
			continue;
		stopstate[n][T2->st] = 1;
	}
	if (state_tables && !verbose)
	{	if (dodot)
		{	char buf[256], *q = buf, *p = procname[n];
			while (*p != '\0')
			{	if (*p != ':')
				{	*q++ = *p;
				}
				p++;
			}
			*q = '\0';
			printf("digraph ");
			switch (Btypes[n]) {
			case I_PROC:  printf("init {\n"); break;
			case N_CLAIM: printf("claim_%s {\n", buf); break;
			case E_TRACE: printf("notrace {\n"); break;
			case N_TRACE: printf("trace {\n"); break;
			default:      printf("p_%s {\n", buf); break;
			}
			printf("size=\"8,10\";\n");
			printf("  GT [shape=box,style=dotted,label=\"%s\"];\n", buf);
			printf("  GT -> S%d;\n", is);
		} else
		{	switch (Btypes[n]) {
			case I_PROC:  printf("init\n"); break;
			case N_CLAIM: printf("claim %s\n", procname[n]); break;
			case E_TRACE: printf("notrace assertion\n"); break;
			case N_TRACE: printf("trace assertion\n"); break;
			default:      printf("proctype %s\n", procname[n]); break;
		}	}
		for (i = 1; i < m; i++)
		{	reach[i] = 1;
		}
		tagtable(n, m, is, srcln, reach);
		if (dodot) printf("}\n");
	} else
	for (i = 1; i < m; i++)
	{	int nrelse;
		if (Btypes[n] != N_CLAIM)
		{	for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			{	if (T0->st == i
				&& strcmp(T0->tp, "(1)") == 0)
				{	printf("error: proctype '%s' ",
						procname[n]);
		  			printf("line %d, state %d: has un",
						srcln[i], i);
					printf("conditional self-loop\n");
					pan_exit(1);
		}	}	}
		nrelse = 0;
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
		{	if (strcmp(T0->tp, "else") == 0)
				nrelse++;
		}
		if (nrelse > 1)
		{	printf("error: proctype '%s' state",
				procname[n]);
		  	printf(" %d, inherits %d", i, nrelse);
		  	printf(" 'else' stmnts\n");
			pan_exit(1);
	}	}
#if !defined(LOOPSTATE) && !defined(BFS_PAR)
	if (state_tables)
#endif
	do_dfs(n, m, is, srcln, reach, lpstate);

	if (!t_reverse)
	{	return;
	}
	/* process n, with m states, is=initial state -- reverse list */
	if (!state_tables && Btypes[n] != N_CLAIM)
	{	for (i = 1; i < m; i++)
		{	Trans *Tx = (Trans *) 0; /* list of escapes */
			Trans *Ty = (Trans *) 0; /* its tail element */
			T1 = (Trans *) 0; /* reversed list */
			T2 = (Trans *) 0; /* its tail */
			T3 = (Trans *) 0; /* remembers possible 'else' */

			/* find unless-escapes, they should go first */
			T4 = T5 = T0 = trans[n][i];
	#ifdef HAS_UNLESS
			while (T4 && T4->e_trans) /* escapes are first in orig list */
			{	T5 = T4;	  /* remember predecessor */
				T4 = T4->nxt;
			}
	#endif
			/* T4 points to first non-escape, T5 to its parent, T0 to original list */
			if (T4 != T0)		 /* there was at least one escape */
			{	T3 = T5->nxt;		 /* start of non-escapes */
				T5->nxt = (Trans *) 0;	 /* separate */
				Tx = T0;		 /* start of the escapes */
				Ty = T5;		 /* its tail */
				T0 = T3;		 /* the rest, to be reversed */
			}
			/* T0 points to first non-escape, Tx to the list of escapes, Ty to its tail */

			/* first tail-add non-escape transitions, reversed */
			T3 = (Trans *) 0;
			for (T5 = T0; T5; T5 = T4)
			{	T4 = T5->nxt;
	#ifdef HAS_UNLESS
				if (T5->e_trans)
				{	printf("error: cannot happen!\n");
					continue;
				}
	#endif
				if (strcmp(T5->tp, "else") == 0)
				{	T3 = T5;
					T5->nxt = (Trans *) 0;
				} else
				{	T5->nxt = T1;
					if (!T1) { T2 = T5; }
					T1 = T5;
			}	}
			/* T3 points to a possible else, which is removed from the list */
			/* T1 points to the reversed list so far (without escapes) */
			/* T2 points to the tail element -- where the else should go */
			if (T2 && T3)
			{	T2->nxt = T3;	/* add else */
			} else
			{	if (T3) /* there was an else, but there's no tail */
				{	if (!T1)	/* and no reversed list */
					{	T1 = T3; /* odd, but possible */
					} else		/* even stranger */
					{	T1->nxt = T3;
			}	}	}

			/* add in the escapes, to that they appear at the front */
			if (Tx && Ty) { Ty->nxt = T1; T1 = Tx; }

			trans[n][i] = T1;
			/* reversed, with escapes first and else last */
	}	}
	if (state_tables && verbose)
	{	printf("FINAL proctype %s\n", 
			procname[n]);
		for (i = 1; i < m; i++)
		for (T0 = trans[n][i]; T0; T0 = T0->nxt)
			crack(n, i, T0, srcln);
	}
}
void
imed(Trans *T, int v, int n, int j)	/* set intermediate state */
{	progstate[n][T->st] |= progstate[n][v];
	accpstate[n][T->st] |= accpstate[n][v];
	stopstate[n][T->st] |= stopstate[n][v];
	mapstate[n][j] = T->st;
}
void
tagtable(int n, int m, int is, short srcln[], uchar reach[])
{	Trans *z;

	if (is >= m || !trans[n][is]
	||  is <= 0 || reach[is] == 0)
		return;
	reach[is] = 0;
	if (state_tables)
	for (z = trans[n][is]; z; z = z->nxt)
	{	if (dodot)
			dot_crack(n, is, z);
		else
			crack(n, is, z, srcln);
	}

	for (z = trans[n][is]; z; z = z->nxt)
	{
#ifdef HAS_UNLESS
		int i, j;
#endif
		tagtable(n, m, z->st, srcln, reach);
#ifdef HAS_UNLESS
		for (i = 0; i < HAS_UNLESS; i++)
		{	j = trans[n][is]->escp[i];
			if (!j) break;
			tagtable(n, m, j, srcln, reach);
		}
#endif
	}
}

extern Trans *t_id_lkup[];

void
dfs_table(int n, int m, int is, short srcln[], uchar reach[], uchar lpstate[])
{	Trans *z;

	if (is >= m || is <= 0 || !trans[n][is])
		return;
	if ((reach[is] & (4|8|16)) != 0)
	{	if ((reach[is] & (8|16)) == 16)	/* on stack, not yet recorded */
		{	lpstate[is] = 1;
			reach[is] |= 8; /* recorded */
			if (state_tables && verbose)
			{	printf("state %d line %d is a loopstate\n", is, srcln[is]);
		}	}
		return;
	}
	reach[is] |= (4|16);	/* visited | onstack */
	for (z = trans[n][is]; z; z = z->nxt)
	{	t_id_lkup[z->t_id] = z;
#ifdef HAS_UNLESS
		int i, j;
#endif
		dfs_table(n, m, z->st, srcln, reach, lpstate);
#ifdef HAS_UNLESS
		for (i = 0; i < HAS_UNLESS; i++)
		{	j = trans[n][is]->escp[i];
			if (!j) break;
			dfs_table(n, m, j, srcln, reach, lpstate);
		}
#endif
	}
	reach[is] &= ~16; /* no longer on stack */
}
void
do_dfs(int n, int m, int is, short srcln[], uchar reach[], uchar lpstate[])
{	int i;
	dfs_table(n, m, is, srcln, reach, lpstate);
	for (i = 0; i < m; i++)
		reach[i] &= ~(4|8|16);
}
void
crack(int n, int j, Trans *z, short srcln[])
{	int i;

	if (!z) return;
	printf("	state %3d -(tr %3d)-> state %3d  ",
		j, z->forw, z->st);
	printf("[id %3d tp %3d", z->t_id, z->tpe[0]);
	if (z->tpe[1]) printf(",%d", z->tpe[1]);
#ifdef HAS_UNLESS
	if (z->e_trans)
		printf(" org %3d", z->e_trans);
	else if (state_tables >= 2)
	for (i = 0; i < HAS_UNLESS; i++)
	{	if (!z->escp[i]) break;
		printf(" esc %d", z->escp[i]);
	}
#endif
	printf("]");
	printf(" [%s%s%s%s%s] %s:%d => ",
		z->atom&6?"A":z->atom&32?"D":"-",
		accpstate[n][j]?"a" :"-",
		stopstate[n][j]?"e" : "-",
		progstate[n][j]?"p" : "-",
		z->atom & 8 ?"L":"G",
		PanSource, srcln[j]);
	for (i = 0; z->tp[i]; i++)
		if (z->tp[i] == '\n')
			printf("\\n");
		else
			putchar(z->tp[i]);
	if (verbose && z->qu[0])
	{	printf("\t[");
		for (i = 0; i < 6; i++)
			if (z->qu[i])
				printf("(%d,%d)",
				z->qu[i], z->ty[i]);
		printf("]");
	}
	printf("\n");
	fflush(stdout);
}
/* spin -a m.pml; cc -o pan pan.c; ./pan -D | dot -Tps > foo.ps; ps2pdf foo.ps */
void
dot_crack(int n, int j, Trans *z)
{	int i;

	if (!z) return;
	printf("	S%d -> S%d  [color=black", j, z->st);

	if (z->atom&6) printf(",style=dashed");
	else if (z->atom&32) printf(",style=dotted");
	else if (z->atom&8) printf(",style=solid");
	else printf(",style=bold");

	printf(",label=\"");
	for (i = 0; z->tp[i]; i++)
	{	if (z->tp[i] == '\\'
		&&  z->tp[i+1] == 'n')
		{	i++; printf(" ");
		} else
		{	putchar(z->tp[i]);
	}	}
	printf("\"];\n");
	if (accpstate[n][j]) printf("  S%d [color=red,style=bold];\n", j);
	else if (progstate[n][j]) printf("  S%d [color=green,style=bold];\n", j);
	if (stopstate[n][j]) printf("  S%d [color=blue,style=bold,shape=box];\n", j);
}

#ifdef VAR_RANGES
#define BYTESIZE	32	/* 2^8 : 2^3 = 256:8 = 32 */

typedef struct Vr_Ptr {
	char	*nm;
	uchar	vals[BYTESIZE];
	struct Vr_Ptr *nxt;
} Vr_Ptr;
Vr_Ptr *ranges = (Vr_Ptr *) 0;

void
logval(char *s, int v)
{	Vr_Ptr *tmp;

	if (v<0 || v > 255) return;
	for (tmp = ranges; tmp; tmp = tmp->nxt)
		if (!strcmp(tmp->nm, s))
			goto found;
	tmp = (Vr_Ptr *) emalloc(sizeof(Vr_Ptr));
	tmp->nxt = ranges;
	ranges = tmp;
	tmp->nm = s;
found:
	tmp->vals[(v)/8] |= 1<<((v)%8);
}

void
dumpval(uchar X[], int range)
{	int w, x, i, j = -1;

	for (w = i = 0; w < range; w++)
	for (x = 0; x < 8; x++, i++)
	{
from:		if ((X[w] & (1<<x)))
		{	printf("%d", i);
			j = i;
			goto upto;
	}	}
	return;
	for (w = 0; w < range; w++)
	for (x = 0; x < 8; x++, i++)
	{
upto:		if (!(X[w] & (1<<x)))
		{	if (i-1 == j)
				printf(", ");
			else
				printf("-%d, ", i-1);
			goto from;
	}	}
	if (j >= 0 && j != 255)
		printf("-255");
}

void
dumpranges(void)
{	Vr_Ptr *tmp;
	printf("\nValues assigned within ");
	printf("interval [0..255]:\n");
	for (tmp = ranges; tmp; tmp = tmp->nxt)
	{	printf("\t%s\t: ", tmp->nm);
		dumpval(tmp->vals, BYTESIZE);
		printf("\n");
	}
}
#endif
