/* mailbox: order, wake-ups and mail posted at awkward moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <event2/event.h>
#include <pthread.h>
#include <stdlib.h>

#include "daemon/process/mailbox.h"

enum { SENDERS = 4, LETTERS = 2000 };

struct letter {
    struct mail mail;
    struct mailbox *mailbox;
    int sender, number;
    int *last_of_sender;
    int *delivered;
    struct letter *answer; /* posted from within deliver */
};

static void read_letter(struct mail *mail)
{
    struct letter *letter = (struct letter *)mail;
    if (letter->last_of_sender) {
        assert_int_equal(letter->number, letter->last_of_sender[letter->sender] + 1);
        letter->last_of_sender[letter->sender] = letter->number;
    }
    (*letter->delivered)++;
    if (letter->answer)
        mailbox_post(letter->mailbox, &letter->answer->mail);
}

static void *send_letters(void *context)
{
    struct letter *letters = context;
    for (int i = 0; i < LETTERS; i++)
        mailbox_post(letters[i].mailbox, &letters[i].mail);
    return NULL;
}

static void test_threads_keep_their_order(void **state)
{
    (void)state;
    struct event_base *base = event_base_new();
    struct mailbox *mailbox = mailbox_create(base);
    struct letter *letters = calloc(SENDERS * LETTERS, sizeof(*letters));
    int last[SENDERS] = {0}, delivered = 0;
    pthread_t threads[SENDERS];
    for (int i = 0; i < SENDERS * LETTERS; i++)
        letters[i] = (struct letter){.mail.deliver = read_letter,
                                     .mailbox = mailbox,
                                     .sender = i / LETTERS,
                                     .number = i % LETTERS + 1,
                                     .last_of_sender = last,
                                     .delivered = &delivered};
    for (int i = 0; i < SENDERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, send_letters, letters + (size_t)i * LETTERS), 0);
    /* The loop sleeps when nothing is there, so a lost wake-up would hang it here. */
    while (delivered < SENDERS * LETTERS)
        event_base_loop(base, EVLOOP_ONCE);
    for (int i = 0; i < SENDERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(mailbox_drain(mailbox), 0);
    mailbox_destroy(&mailbox);
    assert_null(mailbox);
    event_base_free(base);
    free(letters);
}

static void test_mail_posted_while_delivering_wakes_the_loop_again(void **state)
{
    (void)state;
    struct event_base *base = event_base_new();
    struct mailbox *mailbox = mailbox_create(base);
    int delivered = 0;
    struct letter answer = {.mail.deliver = read_letter, .delivered = &delivered};
    struct letter question = {
        .mail.deliver = read_letter, .mailbox = mailbox, .delivered = &delivered, .answer = &answer};
    mailbox_post(mailbox, &question.mail);
    event_base_loop(base, EVLOOP_ONCE);
    assert_int_equal(delivered, 1);
    event_base_loop(base, EVLOOP_ONCE);
    assert_int_equal(delivered, 2);
    mailbox_destroy(&mailbox);
    event_base_free(base);
}

static void test_mail_can_be_posted_again_and_freed_on_delivery(void **state)
{
    (void)state;
    struct event_base *base = event_base_new();
    struct mailbox *mailbox = mailbox_create(base);
    int delivered = 0;
    struct letter letter = {.mail.deliver = read_letter, .delivered = &delivered};
    for (int i = 0; i < 3; i++) {
        mailbox_post(mailbox, &letter.mail);
        assert_int_equal(mailbox_drain(mailbox), 1);
    }
    assert_int_equal(delivered, 3);
    /* Draining by hand leaves the wake-up behind: it finds nothing and does no harm. */
    event_base_loop(base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
    assert_int_equal(delivered, 3);
    mailbox_destroy(&mailbox);
    event_base_free(base);
}

static void test_destroy_delivers_what_is_left(void **state)
{
    (void)state;
    struct event_base *base = event_base_new();
    struct mailbox *mailbox = mailbox_create(base);
    int delivered = 0;
    struct letter letters[3];
    for (size_t i = 0; i < 3; i++) {
        letters[i] = (struct letter){.mail.deliver = read_letter, .delivered = &delivered};
        mailbox_post(mailbox, &letters[i].mail);
    }
    mailbox_destroy(&mailbox);
    assert_int_equal(delivered, 3);
    mailbox_destroy(&mailbox);
    event_base_free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_keep_their_order),
        cmocka_unit_test(test_mail_posted_while_delivering_wakes_the_loop_again),
        cmocka_unit_test(test_mail_can_be_posted_again_and_freed_on_delivery),
        cmocka_unit_test(test_destroy_delivers_what_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
