// The system calls that a confined program may not make.
#pragma once

#include <string>

namespace cascade::files {

// Returns a filter for seccomp(2), as bubblewrap's --seccomp reads it; empty on a machine whose calls are not listed
// here, and on a system without such a filter.
//
// A network namespace of its own does not keep a program from a Unix socket in a folder: even a read-only file can be
// connected to, and behind it may be a daemon that does anything it is asked (container engines, key agents). So no
// socket can be created that could be connected. A user namespace inside the program's own would give it rights over
// mounts, and keys, tracing and io_uring bypass the other rules.
//
// With Sockets::internet, sockets of the Internet's families may be created: for a program that has a network of its
// own, or may use ours. All other families stay denied.
enum class Sockets { none, internet };
std::string denied_calls(Sockets sockets = Sockets::none);

// What helps where a program cannot be confined.
extern const char* const how_to_confine;

}  // namespace cascade::files
