/* pair_weight_table: made by models/train_pairs.c, not by people:
 * what each feature of pair_confidence.c speaks for an event, in thousandths. */
#define PAIR_WEIGHTS \
    -671, -671, -424, 52, 88, 446, 289, 125, 345, 158, -103, -671, -263, 264, 133, 297, \
    329, -116, -46, 183, 93, -869, 109, 183, 206, 254, -27, 227, -266, 116, 91, 248, \
    156, -52, 290, 115, 65, 592, 799, -92, 9
