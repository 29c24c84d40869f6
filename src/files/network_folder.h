// Whether a folder lies on another machine.
#pragma once

#include <string>

namespace cascade::files {

// On a network file system (NFS, SMB, 9P, Ceph, AFS, or one of FUSE, which may be anything): processes on several
// machines cannot share memory through its files. Not known: false.
bool is_on_network(const std::string& folder) noexcept;

}  // namespace cascade::files
