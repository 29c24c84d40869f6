// The role of a section in its manifest, as far as its heading shows.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::bundle {

// procedure: what to do, in order. verification: how to know it is done. guidance: the subject, which way to go, what
// must not happen. aside: reference material. plain: everything else, including headings with none of the known words.
enum class Part : std::uint8_t { procedure, verification, guidance, plain, aside };

// A row of part_words.tsv.
struct PartWord {
  std::string_view text;
  Part part;
};

// Compares the words of the heading, ASCII regardless of case, with a short list. A word for an aside decides
// ("Example workflow"); else the first of procedure, verification, guidance with a matching word. Without any, a few
// Chinese, Japanese and Korean words are searched.
Part part_of(std::string_view heading);

// Whether the section says how a procedure ended: "Report", "Output", "Limits", or its verification.
bool closes_procedure(std::string_view heading, Part part);

// Returns one per section of the manifest. A section whose heading says nothing takes the role of the section around
// it. The first heading of level 1 is the title: it is plain and does not count for the sections below it. The lead is
// guidance.
std::vector<Part> parts_of(const Registry& registry, ManifestId id);

}  // namespace cascade::bundle
