// Bundles of one root under several budgets, certified beforehand: what a slider shows.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <vector>

namespace cascade::page {

constexpr std::uint32_t no_node = 0xffffffffU;

// A section in one of its forms. Bit i of `in`: rung i has it.
struct LadderPart {
  std::uint32_t node = no_node, section = 0;
  Form form = Form::section;
  Cost cost;
  std::uint32_t in = 0;
};

struct LadderOut {
  std::uint32_t part = 0;  // in Ladder::parts
  Cost shortfall;          // how much more budget makes room for it
  OmittedFor reason = OmittedFor::budget;
};

struct LadderRung {
  std::uint32_t budget = 0;  // tokens
  PackingStatus status = PackingStatus::ok;
  Cost cost, min_budget;
  Certificate certificate;
  std::vector<LadderOut> out;
};

struct Ladder {
  std::uint32_t root = no_node;
  std::vector<LadderRung> rungs;  // the smallest budget first
  std::vector<LadderPart> parts;  // in the order in which the largest bundle shows them, then what is only left out
};

constexpr std::size_t most_rungs = 16;

// `bundles`: the largest first, at most `most_rungs`, as request::assemble_ladder() makes them. `node_of`: by manifest
// id.
Ladder ladder_of(const Registry& registry, std::uint32_t root, const std::vector<Bundle>& bundles,
                 const std::vector<std::uint32_t>& node_of);

}  // namespace cascade::page
