// Whether a folder is on another machine.
#pragma once

#include <string>

namespace cascade::files {

// True on a network file system (NFS, SMB, 9P, Ceph, AFS, or FUSE, which may be anything): processes on several
// machines cannot share memory through its files. False if unknown.
bool is_on_network(const std::string& folder) noexcept;

}  // namespace cascade::files
