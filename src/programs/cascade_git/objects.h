// Owners for libgit2's objects, and the error of an answer.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "syntax/json.h"

namespace cascade::git {

template <typename T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
// Owns a T from libgit2, with the function that frees it: Held<git_tree, git_tree_free>.
template <typename T, void (*release)(T*)>
using Held = std::unique_ptr<T, Release<T, release>>;

// `error` is a word of the protocol; libgit2's last message is added.
void write_error(syntax::JsonWriter& json, std::string_view error);

// Where an answer of several lines goes.
using WriteLine = std::function<void(std::string_view line)>;  // without a line end

}  // namespace cascade::git
