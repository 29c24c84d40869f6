// take() sorts the candidates by line and name, so that all forms of one reference are neighbours, merges these, and
// sorts the rest into the order of the file. What is sorted are pointers, because a candidate is long. Places are
// computed only for references that are left.
#include "manifest/candidates.h"

#include "syntax/lines.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cascade::manifest {
namespace {

constexpr std::size_t max_name = 200;

}  // namespace

// Adds the facts of `later` to `kept` when both are the same reference.
bool Candidates::merge(Candidate& kept, const Candidate& later) {
  if (kept.line != later.line || kept.target.name != later.target.name) return false;
  if (kept.kind_known && later.kind_known && kept.target.kind != later.target.kind) return false;
  // "run `/x` or the x agent": a command and the agent of its name.
  const bool agent = later.kind_known && later.target.kind == Kind::agent;
  if (kept.via == Via::slash && agent && later.via != Via::slash && later.offset != kept.offset) return false;
  if (!kept.kind_known && later.kind_known) {
    kept.target.kind = later.target.kind;
    kept.kind_known = true;
  }
  kept.strength = std::min(kept.strength, later.strength);
  return true;
}

void Candidates::add(Kinds kinds, std::string_view name, Via via, Strength strength, std::size_t offset,
                     Certainty certainty) {
  if (name.empty() || name.size() > max_name) return;
  const Kind kind = (kinds & kinds_agent) != 0     ? Kind::agent
                    : (kinds & kinds_command) != 0 ? Kind::command
                                                   : Kind::skill;
  const bool known =
      certainty != Certainty::guess && (kinds == kinds_skill || kinds == kinds_agent || kinds == kinds_command);
  found_.push_back({{kind, unicode::replace_invalid(name)}, known, via, strength, offset, text_.line_of(offset)});
}

FoundReferences Candidates::take() {
  const auto excluded = [](const Candidate& c) { return c.strength == Strength::excluded; };
  std::vector<Candidate*> order;
  order.reserve(found_.size());
  for (Candidate& candidate : found_) order.push_back(&candidate);
  std::sort(order.begin(), order.end(), [&](const Candidate* a, const Candidate* b) {
    if (a->line != b->line) return a->line < b->line;
    const auto rest = [&](const Candidate& c) {
      return std::make_tuple(std::string_view(c.target.name), excluded(c), c.via, c.offset, c.target.kind, c.strength);
    };
    return rest(*a) < rest(*b);
  });
  std::size_t kept = 0;
  for (Candidate* const candidate : order)
    if (kept == 0 || !merge(*order[kept - 1], *candidate)) order[kept++] = candidate;
  order.resize(kept);
  std::sort(order.begin(), order.end(), [](const Candidate* a, const Candidate* b) {
    return std::tie(a->offset, a->via, a->target.kind, a->target.name) <
           std::tie(b->offset, b->via, b->target.kind, b->target.name);
  });

  FoundReferences out;
  out.reserve(order.size());
  for (Candidate* const c : order)
    out.push_back({std::move(c->target), c->kind_known, c->via, c->strength, text_.file_offset(c->offset)});
  found_.clear();
  return out;
}

std::vector<Reference> with_places(FoundReferences found, std::string_view path, const syntax::LineIndex& file) {
  std::vector<Reference> out;
  out.reserve(found.size());
  syntax::IndexCursor cursor(file);
  for (FoundReference& one : found) {
    const syntax::Position at = cursor.at(one.offset);
    const auto width = static_cast<std::uint32_t>(unicode::count_code_points(one.target.name));
    Reference& reference = out.emplace_back();
    reference.target = std::move(one.target);
    reference.strength = one.strength;
    reference.via = one.via;
    reference.kind_known = one.kind_known;
    reference.at = {std::string(path), at.line, at.column, at.line, at.column + width};
  }
  return out;
}

}  // namespace cascade::manifest
