// What a confined program may not ask of the kernel.
#pragma once

#include <string>

namespace cascade::files {

// A filter for seccomp(2), as bubblewrap's --seccomp reads it; empty on a machine whose calls are not listed here.
//
// A network of its own keeps nobody from a Unix socket that lies in a folder: files that are read-only can be connected
// to, and behind one of them a daemon may wait that does whatever it is told (container engines, agents for keys). So
// no socket is made that could be connected. A user namespace within the program's own would give it rights over
// mounts, and keys, tracing and io_uring lead around the other rules.
std::string denied_calls();

}  // namespace cascade::files
