// Sizes and budgets.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo bd_rules[] = {
    {"BD001", "description-length", by(error, warning, warning), FixKind::none,
     "A skill's or command's description has more than 1,024 characters; with when_to_use more than 1,536 is an "
     "error.",
     "Upload surfaces refuse it, and the listing cuts off the end, with its \"use when\".", "2,000 characters",
     "1,024 at most"},
    {"BD002", "listing-budget", client(warning), FixKind::none,
     "Names and descriptions of the skills that the client loads from one plugin or folder exceed "
     "limits.listing_budget characters.",
     "The client drops whole descriptions from the end.", "60 skills of 300 characters",
     "shorter descriptions, or disable-model-invocation"},
    {"BD003", "body-lines", every(warning), FixKind::none, "The body of a SKILL.md has more than 500 lines.",
     "All of it enters the context on each use.", "626 lines", "details in references/"},
    {"BD005", "bundle-budget", strict(error), FixKind::none,
     "The required part of an entry manifest exceeds limits.bundle_budget tokens.",
     "No bundle of it could ever be assembled.", "31,000 tokens of 20,000", "a split, or a shorter body"},
    {"BD007", "skill-size", every(warning), FixKind::none,
     "A manifest is larger than the 1,048,576 bytes that the client reads, another file of a skill is, or all "
     "files of a skill have more than 8 MiB.",
     "The client skips the manifest, uploads refuse the skill.", "a model of 30 MB", "a link to it"},
};

}  // namespace cascade::validation
