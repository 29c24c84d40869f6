// Ends with 0 where src/programs/cascade/quick_start.cpp starts a program as it should be (cmake/quick_start.cmake runs
// it).
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#if !defined(__x86_64__) || !defined(__GLIBC__) || __GLIBC__ != 2 || __GLIBC_MINOR__ != 36
#error "src/programs/cascade/quick_start.cpp was written for glibc 2.36 on x86-64"
#endif

extern "C" std::int64_t __x86_shared_non_temporal_threshold __attribute__((visibility("hidden")));

namespace {

thread_local int of_thread = 3;

// glibc's own start leaves another number there: this one was run.
bool was_started_quickly() { return __x86_shared_non_temporal_threshold == 3 << 18; }

bool copies_large_texts() {
  const std::string text(std::size_t{5} << 20, 'x');
  std::string copy = text;
  copy.back() = 'y';
  return std::memcmp(text.data(), copy.data(), text.size() - 1) == 0 && copy.find('y') == text.size() - 1;
}

bool has_threads() {
  int seen = 0;
  std::thread([&seen] { seen = of_thread++; }).join();
  return seen == 3 && of_thread == 3;
}

bool has_exceptions() {
  try {
    throw std::runtime_error("thrown");
  } catch (const std::exception& caught) {
    return std::string(caught.what()) == "thrown";
  }
}

bool has_guard() {
  std::uint64_t guard = 0;
  __asm__ volatile("movq %%fs:0x28, %0" : "=r"(guard));
  return guard != 0;
}

}  // namespace

int main(int count, char** words) {
  const bool has_words = count == 2 && std::strcmp(words[1], "hook") == 0 && std::getenv("PATH") != nullptr;
  std::cout << "started" << std::endl;
  return was_started_quickly() && has_words && copies_large_texts() && has_threads() && has_exceptions() && has_guard()
             ? 0
             : 1;
}
