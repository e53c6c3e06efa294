/* pair_weight_table: made by models/train_pairs.c, not by people:
 * what each feature of pair_confidence.c speaks for an event, in thousandths. */
#define PAIR_WEIGHTS \
    -584, -584, -511, -46, 208, 304, 474, 266, 192, 164, -23, -584, -304, -216, 456, 266, \
    -151, 141, 171, 53, 0, -604, 122, 164, 171, -75, 155, 214, -126, 78, 42, 171, \
    212, 16, 250, 47, 206, 504, 561, 335, -312
