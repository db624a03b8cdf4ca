#include "kit/interrupt.h"

#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What the waiting thread and the others share, under `lock`. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char directory[PATH_MAX];
static bool is_watching;

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
    (void)stat, (void)type, (void)walk;
    (void)!remove(path); /* as much as can be removed is */
    return 0;
}

_Noreturn void interrupt_end(int signal_number)
{
    sigset_t set;
    signal(signal_number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(signal_number);
    _exit(128 + signal_number);
}

static sigset_t watched(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

static void *wait_for_signal(void *data)
{
    const sigset_t set = watched();
    int number;
    (void)data;
    if (sigwait(&set, &number) != 0)
        return NULL;
    pthread_mutex_lock(&lock);
    if (directory[0])
        nftw(directory, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    interrupt_end(number);
}

static bool start_watching(void)
{
    const sigset_t set = watched();
    pthread_t thread;
    pthread_attr_t attributes;
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) || pthread_attr_init(&attributes))
        return false;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    bool started = pthread_create(&thread, &attributes, wait_for_signal, NULL) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

bool interrupt_watch(void)
{
    pthread_mutex_lock(&lock);
    is_watching = is_watching || start_watching();
    bool watching = is_watching;
    pthread_mutex_unlock(&lock);
    return watching;
}

void interrupt_hold(void)
{
    pthread_mutex_lock(&lock);
}

void interrupt_release(const char *removed)
{
    if (!removed || snprintf(directory, sizeof directory, "%s", removed) >= (int)sizeof directory)
        directory[0] = '\0';
    pthread_mutex_unlock(&lock);
}
