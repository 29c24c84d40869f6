// Leaves to chance which sections of a bundle go into a conversation, so that one can tell later what sending them did
// (docs/usage.md, `explore`). A router that answers equal prompts equally leaves nothing to compare with.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <string>
#include <vector>

#include "session/entry.h"

namespace cascade::hook {

// The sections of a bundle that chance decides about: all but the one of most value, so that no text is without its
// main part. Whether one is kept out depends on the session and the section alone: in a session it is the same each
// time, and there is neither a clock nor a generator of random numbers in it.
class Chance {
 public:
  // `ppm`: how likely a section is kept out, in millionths.
  Chance(const Registry& registry, const Bundle& bundle, const std::string& session, std::uint32_t ppm);

  // Those that are kept out: whole, with the hash of the whole section.
  const std::vector<session::SentPiece>& withheld() const noexcept { return withheld_; }
  // Notes the probability with each piece that chance let through.
  void mark(std::vector<session::SentPiece>& pieces) const;

 private:
  std::uint32_t ppm_;
  std::vector<std::uint64_t> decided_;  // the hashes of the pieces that it decided about
  std::vector<session::SentPiece> withheld_;
};

}  // namespace cascade::hook
