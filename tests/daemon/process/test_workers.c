/* workers: everything runs once, deliveries come on the loop thread, the end finishes what is queued. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <event2/event.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"
#include "daemon/process/workers.h"

struct fixture {
    struct event_base *base;
    struct mailbox *mailbox;
    struct workers *workers;
    struct error error;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    fixture->base = event_base_new();
    fixture->mailbox = mailbox_create(fixture->base);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    workers_destroy(&fixture->workers);
    mailbox_destroy(&fixture->mailbox);
    event_base_free(fixture->base);
    free(fixture);
    return 0;
}

struct job {
    struct work work;
    sem_t *begun, *go; /* to be held while it runs, NULL = not held */
    atomic_int runs;
    int delivered;
    pthread_t ran_on, delivered_on;
    bool signals_blocked;
};

static void run(struct work *work)
{
    struct job *job = (struct job *)work;
    sigset_t blocked;
    atomic_fetch_add(&job->runs, 1);
    job->ran_on = pthread_self();
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    job->signals_blocked = sigismember(&blocked, SIGTERM) && sigismember(&blocked, SIGHUP);
    if (job->begun)
        sem_post(job->begun);
    if (job->go)
        sem_wait(job->go);
}

static void delivered(struct mail *mail)
{
    struct job *job = (struct job *)mail;
    job->delivered++;
    job->delivered_on = pthread_self();
}

static struct job *make_jobs(size_t count)
{
    struct job *jobs = calloc(count, sizeof(*jobs));
    for (size_t i = 0; i < count; i++) {
        jobs[i].work.run = run;
        jobs[i].work.mail.deliver = delivered;
    }
    return jobs;
}

static void test_everything_runs_once_and_is_delivered_on_the_loop(void **state)
{
    struct fixture *fixture = *state;
    enum { JOBS = 3000 };
    struct job *jobs = make_jobs(JOBS);
    assert_int_equal(workers_create(&fixture->workers, 3, fixture->mailbox, &fixture->error), 0);
    assert_int_equal(workers_count(fixture->workers), 3);
    for (size_t i = 0; i < JOBS; i++)
        workers_submit(fixture->workers, &jobs[i].work);
    for (size_t i = 0; i < JOBS; i++)
        while (!jobs[i].delivered) /* a lost wake-up would hang here */
            event_base_loop(fixture->base, EVLOOP_ONCE);
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(jobs[i].runs, 1);
        assert_int_equal(jobs[i].delivered, 1);
        assert_true(pthread_equal(jobs[i].delivered_on, pthread_self()));
        assert_false(pthread_equal(jobs[i].ran_on, pthread_self()));
    }
    assert_int_equal(workers_queued(fixture->workers), 0);
    free(jobs);
}

static void test_queue_busy_and_oldest_start_are_told(void **state)
{
    struct fixture *fixture = *state;
    sem_t begun, go;
    sem_init(&begun, 0, 0);
    sem_init(&go, 0, 0);
    struct job *jobs = make_jobs(5);
    assert_int_equal(workers_create(&fixture->workers, 2, fixture->mailbox, &fixture->error), 0);
    assert_int_equal(workers_oldest_start_ms(fixture->workers), 0);
    int64_t before = clock_monotonic_ms();
    for (size_t i = 0; i < 5; i++) {
        jobs[i].begun = &begun;
        jobs[i].go = &go;
        workers_submit(fixture->workers, &jobs[i].work);
    }
    sem_wait(&begun);
    sem_wait(&begun);
    assert_int_equal(workers_busy(fixture->workers), 2);
    assert_int_equal(workers_queued(fixture->workers), 3);
    assert_in_range(workers_oldest_start_ms(fixture->workers), before, clock_monotonic_ms());
    for (size_t i = 0; i < 5; i++)
        sem_post(&go);
    for (size_t i = 0; i < 5; i++)
        while (!jobs[i].delivered)
            event_base_loop(fixture->base, EVLOOP_ONCE);
    workers_destroy(&fixture->workers);
    assert_null(fixture->workers);
    sem_destroy(&begun);
    sem_destroy(&go);
    free(jobs);
}

/* Three articles wait; a document that comes after them is parsed before them. */
static void test_short_work_goes_before_long(void **state)
{
    struct fixture *fixture = *state;
    sem_t begun, go;
    sem_init(&begun, 0, 0);
    sem_init(&go, 0, 0);
    struct job *jobs = make_jobs(5);
    assert_int_equal(workers_create(&fixture->workers, 1, fixture->mailbox, &fixture->error), 0);
    for (size_t i = 0; i < 5; i++) {
        jobs[i].begun = &begun;
        jobs[i].go = &go;
        jobs[i].work.length = i < 4 ? WORK_LONG : WORK_SHORT;
        workers_submit(fixture->workers, &jobs[i].work);
        if (i == 0)
            sem_wait(&begun);
    }
    sem_post(&go);
    while (!jobs[0].delivered)
        event_base_loop(fixture->base, EVLOOP_ONCE);
    sem_wait(&begun); /* the next one has begun: the short one, or a wrong one */
    sem_post(&go);
    while (!jobs[1].delivered && !jobs[4].delivered)
        event_base_loop(fixture->base, EVLOOP_ONCE);
    assert_true(jobs[4].delivered);
    assert_false(jobs[1].delivered);
    for (int i = 0; i < 3; i++)
        sem_post(&go);
    workers_destroy(&fixture->workers);
    mailbox_drain(fixture->mailbox);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(jobs[i].delivered, 1);
    sem_destroy(&begun);
    sem_destroy(&go);
    free(jobs);
}

static void test_the_end_finishes_what_is_queued(void **state)
{
    struct fixture *fixture = *state;
    struct job *jobs = make_jobs(200);
    assert_int_equal(workers_create(&fixture->workers, 1, fixture->mailbox, &fixture->error), 0);
    for (size_t i = 0; i < 200; i++)
        workers_submit(fixture->workers, &jobs[i].work);
    workers_destroy(&fixture->workers);
    mailbox_drain(fixture->mailbox);
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(jobs[i].delivered, 1);
    free(jobs);
}

static void test_signals_are_left_to_the_loop_thread(void **state)
{
    struct fixture *fixture = *state;
    struct job *job = make_jobs(1);
    sigset_t mine;
    assert_int_equal(workers_create(&fixture->workers, 1, fixture->mailbox, &fixture->error), 0);
    workers_submit(fixture->workers, &job->work);
    workers_destroy(&fixture->workers);
    mailbox_drain(fixture->mailbox);
    assert_true(job->signals_blocked);
    pthread_sigmask(SIG_SETMASK, NULL, &mine);
    assert_false(sigismember(&mine, SIGTERM));
    free(job);
}

static void test_the_number_of_threads_has_a_default_and_a_limit(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(workers_create(&fixture->workers, 0, fixture->mailbox, &fixture->error), 0);
    assert_in_range(workers_count(fixture->workers), 1, 64);
    workers_destroy(&fixture->workers);
    assert_int_equal(workers_create(&fixture->workers, 100000, fixture->mailbox, &fixture->error), 0);
    assert_int_equal(workers_count(fixture->workers), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_everything_runs_once_and_is_delivered_on_the_loop, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_queue_busy_and_oldest_start_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_short_work_goes_before_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_end_finishes_what_is_queued, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_signals_are_left_to_the_loop_thread, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_number_of_threads_has_a_default_and_a_limit, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
