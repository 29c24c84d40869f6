// A filter for the kernel (seccomp), as a list of BPF instructions: it loads the call's number and compares it with
// each denied one. Denied are calls that reach the network, other processes, kernel interfaces and new namespaces;
// those that answer ENOSYS look like an older kernel, so that libraries fall back on calls whose arguments can be
// checked. The filter says what is denied and not what is allowed, because a program that the user trusts should run as
// ever.
#include "files/run_program.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cascade::files {

const char* const how_to_confine = "install the package bubblewrap, and allow user namespaces";

#if defined(__x86_64__) || defined(__aarch64__)
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#endif

// Calls from newer kernels have the same number on every machine.
constexpr std::array<std::uint32_t, 29> denied = {SYS_socket,
                                                  SYS_connect,
                                                  SYS_bind,
                                                  SYS_unshare,
                                                  SYS_setns,
                                                  SYS_mount,
                                                  SYS_umount2,
                                                  SYS_pivot_root,
                                                  SYS_chroot,
                                                  SYS_ptrace,
                                                  SYS_process_vm_readv,
                                                  SYS_process_vm_writev,
                                                  SYS_add_key,
                                                  SYS_request_key,
                                                  SYS_keyctl,
                                                  SYS_bpf,
                                                  SYS_perf_event_open,
                                                  SYS_userfaultfd,
                                                  SYS_open_by_handle_at,
                                                  425,   // io_uring_setup
                                                  428,   // open_tree
                                                  429,   // move_mount
                                                  430,   // fsopen
                                                  431,   // fsconfig
                                                  432,   // fsmount
                                                  433,   // fspick
                                                  438,   // pidfd_getfd
                                                  442,   // mount_setattr
                                                  467};  // open_tree_attr
constexpr std::uint32_t clone3 = 435;

constexpr std::uint32_t refuse(std::uint32_t error) { return SECCOMP_RET_ERRNO | error; }

constexpr std::uint32_t low_half_of_argument(std::uint32_t index) {
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + 8 * index;  // both machines store it first
}

class SystemCallFilter {
 public:
  void load(std::uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, 0, 0, offset); }
  void mask(std::uint32_t bits) { add(BPF_ALU | BPF_AND | BPF_K, 0, 0, bits); }
  void answer(std::uint32_t verdict) { add(BPF_RET | BPF_K, 0, 0, verdict); }
  void answer_where(std::uint32_t value, std::uint32_t verdict) {
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
    answer(verdict);
  }
  void answer_unless(std::uint32_t value, std::uint32_t verdict) {
    add(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, value);
    answer(verdict);
  }
  void answer_from(std::uint32_t least, std::uint32_t verdict) {
    add(BPF_JMP | BPF_JGE | BPF_K, 0, 1, least);
    answer(verdict);
  }
  // Answers the call if these bits of its argument have this value. REQUIRES: the call's number is loaded; it is
  // loaded again afterwards.
  void answer_argument(std::uint32_t call, std::uint32_t index, std::uint32_t bits, std::uint32_t value,
                       std::uint32_t verdict) {
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 5, call);
    load(low_half_of_argument(index));
    mask(bits);
    answer_where(value, verdict);
    load(offsetof(seccomp_data, nr));
  }
  // Answers socket() of any other family. REQUIRES: the call's number is loaded; it is loaded again afterwards.
  void answer_unless_internet(std::uint32_t verdict) {
    add(BPF_JMP | BPF_JEQ | BPF_K, 0, 5, SYS_socket);
    load(low_half_of_argument(0));
    add(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, AF_INET);
    add(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AF_INET6);
    answer(verdict);
    load(offsetof(seccomp_data, nr));
  }
  std::string bytes() const {
    return {reinterpret_cast<const char*>(lines_.data()), lines_.size() * sizeof(sock_filter)};
  }

 private:
  void add(std::uint32_t code, std::uint8_t yes, std::uint8_t no, std::uint32_t value) {
    lines_.push_back({static_cast<std::uint16_t>(code), yes, no, value});
  }
  std::vector<sock_filter> lines_;
};

}  // namespace

std::string denied_calls(Sockets sockets) {
  SystemCallFilter filter;
  filter.load(offsetof(seccomp_data, arch));
  filter.answer_unless(machine, refuse(ENOSYS));  // other machines have other numbers
  filter.load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
  constexpr std::uint32_t x32 = 0x40000000;
  filter.answer_from(x32, refuse(ENOSYS));
#endif
  const bool internet = sockets == Sockets::internet;
  if (internet) filter.answer_unless_internet(refuse(EAFNOSUPPORT));
  for (const std::uint32_t call : denied)
    if (!internet || (call != SYS_socket && call != SYS_connect && call != SYS_bind))
      filter.answer_where(call, refuse(EPERM));
  filter.answer_where(clone3, refuse(ENOSYS));  // its flags are behind a pointer; the C library falls back on clone
  filter.answer_argument(SYS_clone, 0, CLONE_NEWUSER, CLONE_NEWUSER, refuse(EPERM));
  constexpr std::uint32_t kinds = 0xf;  // of sockets; a pair of datagram sockets could still be sent anywhere
  filter.answer_argument(SYS_socketpair, 1, kinds, SOCK_DGRAM, refuse(EPERM));
  filter.answer(SECCOMP_RET_ALLOW);
  return filter.bytes();
}
#else
std::string denied_calls(Sockets) { return {}; }
#endif

}  // namespace cascade::files
