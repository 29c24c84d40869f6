#include "files/detached_thread.h"

#include <pthread.h>

namespace cascade::files {

bool start_detached(void* (*work)(void*), void* given) noexcept {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  const bool started = pthread_create(&thread, &attributes, work, given) == 0;
  pthread_attr_destroy(&attributes);
  return started;
}

}  // namespace cascade::files
