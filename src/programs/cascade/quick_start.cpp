// The start of the static program on x86-64 with glibc 2.36, for the verbs that clients wait for. glibc's own start
// asks the processor 68 times what it is: its caches and which of its instructions the string functions may use. On a
// virtual machine each question (CPUID) is answered by the hypervisor, 6.5 microseconds where this was measured, so
// that they were two thirds of what a hook cost. Here the C library is started without them, in the order of its
// csu/libc-start.c:
//
//   1. where the environment and the kernel's notes (auxv) are, and the tunables;
//   2. limits for the string functions that glibc would derive from the caches: those of a cache of 1 MiB;
//   3. the choice of string functions: with nothing known of the processor these are the ones of every x86-64;
//   4. thread-local storage, the stack's and the pointers' guards, from the kernel's random bytes as ever;
//   5. the C library's parts, the constructors, main, exit.
//
// Every other verb starts as glibc does it: what counts and indexes whole libraries gains by wider instructions. So
// does everything when GLIBC_TUNABLES is set, which asks for something of the start that is left out here. The linker
// is told to call this instead of glibc's (--wrap) only when a trial at configure time has run; see src/CMakeLists.txt.
// The names of glibc are its own and hidden, but part of its archive.
#if defined(__x86_64__) && defined(__linux__)

#include <elf.h>
#include <unistd.h>

#include <cstdint>

// NOLINTBEGIN(bugprone-reserved-identifier): the C library's names
extern "C" {
using Main = int(int, char**, char**);
using Constructor = void(int, char**, char**);
using Destructor = void();

#define CASCADE_OF_LIBC __attribute__((visibility("hidden")))
extern const Elf64_Rela __rela_iplt_start[] CASCADE_OF_LIBC, __rela_iplt_end[] CASCADE_OF_LIBC;
extern Constructor* const __preinit_array_start[] CASCADE_OF_LIBC;
extern Constructor* const __preinit_array_end[] CASCADE_OF_LIBC;
extern Constructor* const __init_array_start[] CASCADE_OF_LIBC;
extern Constructor* const __init_array_end[] CASCADE_OF_LIBC;
extern Destructor* const __fini_array_start[] CASCADE_OF_LIBC;
extern Destructor* const __fini_array_end[] CASCADE_OF_LIBC;
extern void* __libc_stack_end;
extern void* _dl_random CASCADE_OF_LIBC;
extern int __libc_enable_secure;
extern std::int64_t __x86_shared_non_temporal_threshold CASCADE_OF_LIBC;
extern std::int64_t __x86_rep_movsb_stop_threshold CASCADE_OF_LIBC;
void _dl_aux_init(Elf64_auxv_t* notes) CASCADE_OF_LIBC;
void __tunables_init(char** environment) CASCADE_OF_LIBC;
void _dl_relocate_static_pie() CASCADE_OF_LIBC;
void __libc_setup_tls();
void __libc_early_init(bool initial);
void __libc_init_first(int count, char** words, char** environment) CASCADE_OF_LIBC;
void __libc_check_standard_fds() CASCADE_OF_LIBC;
void* _dl_debug_initialize(Elf64_Addr base, long space) CASCADE_OF_LIBC;
int __cxa_atexit(void (*function)(void*), void* argument, void* object);
void _init();
void _fini();
[[noreturn]] void exit(int status);
int __real___libc_start_main(Main* main, int count, char** words, Constructor* init, Destructor* fini,
                             Destructor* fini_of_loader, void* stack_end);
int __wrap___libc_start_main(Main* main, int count, char** words, Constructor* init, Destructor* fini,
                             Destructor* fini_of_loader, void* stack_end);
}

namespace {

constexpr const char* quick_verbs[] = {"hook", "guard", "search", "bundle", "step"};
constexpr std::int64_t large_copy = 3 << 18;  // bytes: three quarters of the cache that glibc assumes

// Until step 3 no function of the C library may be called, not even by the compiler (its options forbid it).
bool is_same(const char* a, const char* b) {
  for (; *a == *b; ++a, ++b)
    if (*a == '\0') return true;
  return false;
}

// Also true without any word: the guard starts cascade-git that way.
bool has_quick_verb(int count, char** words) {
  if (count < 2) return true;
  for (; *words != nullptr; ++words)
    for (const char* verb : quick_verbs)
      if (is_same(*words, verb)) return true;
  return false;
}

bool sets_tunables(char** environment) {
  constexpr char name[] = "GLIBC_TUNABLES=";
  for (; *environment != nullptr; ++environment) {
    unsigned long i = 0;
    while (i + 1 < sizeof name && (*environment)[i] == name[i]) ++i;
    if (i + 1 == sizeof name) return true;
  }
  return false;
}

void run_destructors(void*) {
  for (long i = __fini_array_end - __fini_array_start; i > 0; --i) __fini_array_start[i - 1]();
  _fini();
}

void choose_string_functions() {
  __x86_shared_non_temporal_threshold = large_copy;
  __x86_rep_movsb_stop_threshold = large_copy;
  for (const Elf64_Rela* at = __rela_iplt_start; at < __rela_iplt_end; ++at) {
    const auto choose = reinterpret_cast<Elf64_Addr (*)()>(at->r_addend);  // NOLINT(performance-no-int-to-ptr)
    *reinterpret_cast<Elf64_Addr*>(at->r_offset) = choose();               // NOLINT(performance-no-int-to-ptr)
  }
}

void set_guards() {
  const auto* random = static_cast<const std::uint64_t*>(_dl_random);
  const std::uint64_t guard = random[0] & ~std::uint64_t{0xff};  // a string that runs over ends before it
  __asm__ volatile("movq %0, %%fs:0x28" : : "r"(guard));
  __asm__ volatile("movq %0, %%fs:0x30" : : "r"(random[1]));
}

void run_constructors(int count, char** words) {
  for (Constructor* const* at = __preinit_array_start; at < __preinit_array_end; ++at) (*at)(count, words, environ);
  _init();
  for (Constructor* const* at = __init_array_start; at < __init_array_end; ++at) (*at)(count, words, environ);
}

}  // namespace

int __wrap___libc_start_main(Main* main, int count, char** words, Constructor* init, Destructor* fini,
                             Destructor* fini_of_loader, void* stack_end) {
  char** const environment = words + count + 1;
  if (!has_quick_verb(count, words) || sets_tunables(environment))
    return __real___libc_start_main(main, count, words, init, fini, fini_of_loader, stack_end);
  environ = environment;
  __libc_stack_end = stack_end;
  char** behind = environment;
  while (*behind != nullptr) ++behind;
  _dl_aux_init(reinterpret_cast<Elf64_auxv_t*>(behind + 1));
  __tunables_init(environ);
  _dl_relocate_static_pie();
  choose_string_functions();
  __libc_setup_tls();
  set_guards();
  __libc_early_init(true);
  __libc_init_first(count, words, environ);
  __cxa_atexit(run_destructors, nullptr, nullptr);
  if (__libc_enable_secure != 0) __libc_check_standard_fds();
  run_constructors(count, words);
  _dl_debug_initialize(0, 0);
  exit(main(count, words, environ));
}
// NOLINTEND(bugprone-reserved-identifier)

#endif
