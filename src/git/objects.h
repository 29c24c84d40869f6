// What libgit2 hands out, given back when its holder goes; and the error that an answer carries.
#pragma once

#include <memory>
#include <string_view>

#include "syntax/json.h"

namespace cascade::git {

template <typename T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
// Of T as libgit2 made it, and its function that frees it: Held<git_tree, git_tree_free>.
template <typename T, void (*release)(T*)>
using Held = std::unique_ptr<T, Release<T, release>>;

// `error` is a word of the protocol; beside it stands what libgit2 said last.
void write_error(syntax::JsonWriter& json, std::string_view error);

}  // namespace cascade::git
