// How much of what a prompt says a manifest shares, in bits: what speaks for manifests that no prompt taught about.
#pragma once

#include <cstdint>

#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/learned.h"
#include "route/tables.h"

namespace cascade::route {

// In 64ths of a bit.
struct Shared {
  std::int32_t value = 0;  // the bits that are shared, and more of them the larger their share of all that is said
  // The value from which on an answer is likely wanted. By chance more of a large library's manifests share something
  // with a prompt, and a long prompt more with each of them.
  std::int32_t mark = 0;
};

// REQUIRES: the entry is none of the shipped library.
Shared shared_with(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
                   std::uint32_t entry);

}  // namespace cascade::route
