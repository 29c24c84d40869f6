// What became of one section that was sent, or that chance kept out.
#pragma once

#include <string>

#include "usage/candidates.h"
#include "usage/family.h"
#include "usage/figures.h"

namespace cascade::usage {

// What the sections of a session are judged by.
struct Evidence {
  const Registry& registry;
  const Family& family;
  const Candidates& candidates;
  bool has_log = false;
};

// `gap`: the kind of what keeps it from being known (usage/gap_words.h); empty: it is known, or its session has no log.
Fate fate_of(const Session& session, const Delivery& delivery, const SentSection& section, const Evidence& evidence,
             std::string& gap);

// The section's figures, and those of its placebos in its place.
Figures figures_of(const Session& session, const Delivery& delivery, const SentSection& section, const Fate& fate,
                   const Evidence& evidence);

}  // namespace cascade::usage
