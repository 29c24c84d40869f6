// The keys that several requests share: items, strengths, formats.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/resolve.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "c/request.h"

namespace cascade::c {

// The keys "items", "exclude", "depth" and "follow". Call finish() on the request before find().
struct ResolveKeys {
  explicit ResolveKeys(Request& request);
  Result<cascade::Request> find(const Registry& registry) const;

  std::vector<std::string> items, exclude;
  std::optional<std::uint32_t> depth;
  Strength follow = Strength::invoked;
};

// The key "format", one of `allowed`; the first of them if it is absent.
Format format(Request& request, std::initializer_list<Format> allowed);

std::vector<Kind> kinds(Request& request);  // the key "kinds"

}  // namespace cascade::c
