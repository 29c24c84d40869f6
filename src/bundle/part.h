// What a section is to its manifest, as far as its heading tells.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::bundle {

// procedure: what to do, in order. verification: how to know that it is done. guidance: what it is about, which way to
// go, what must not happen. aside: what one looks up. plain: everything else, and what the words here do not tell.
enum class Part : std::uint8_t { procedure, verification, guidance, plain, aside };

// Compares the words of the heading, in ASCII without regard to case, with a short English list. A word for an aside
// decides ("Example workflow"); else the first of procedure, verification, guidance that a word stands for. Without
// any, a few Chinese, Japanese and Korean words are looked for.
Part part_of(std::string_view heading);

// What says how a procedure ended: "Report", "Output", "Limits", and what verifies it.
bool closes_procedure(std::string_view heading, Part part);

// One a section of the manifest. What says nothing by itself is what the section around it is. The first heading of
// level 1 is the title: plain, and nothing to what stands below it. The lead is guidance.
std::vector<Part> parts_of(const Registry& registry, ManifestId id);

}  // namespace cascade::bundle
