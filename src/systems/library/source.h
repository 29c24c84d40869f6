// Where a library of somebody else's is fetched from, as the user names it.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

#include "files/tree.h"

namespace cascade::collection {

struct Source {
  std::string address;   // for git: an address, or an absolute path
  std::string identity;  // the same for each way to write it (repository/address.h)
  std::string name;      // its last part; not yet checked
};

// OWNER/REPO, an address of https, ssh or file, or a folder. `directory`: where a relative path starts; `home`: for
// "~/". misuse: none of these, another protocol, a password within; not_found: there is no such folder.
Result<Source> read_source(std::string_view word, const std::string& directory, const std::string& home,
                           const files::Tree& tree);

// How `identity` is for an address that somebody else wrote down; empty: it is none.
std::string identity_of(std::string_view address, const files::Tree& tree);

// Whether a folder can have it: one plain word of at most 64 characters.
bool is_library_name(std::string_view name) noexcept;
// Whether it can be a branch, a tag or a commit, and no option or range of git's.
bool is_ref(std::string_view ref) noexcept;

}  // namespace cascade::collection
