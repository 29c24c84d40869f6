// The names that the person calls or refuses are read in the text itself (prompt/calls.h) and looked up by their hash
// in the sorted table of names. Of the manifests that bear a name those of the kind asked for are meant; if there are
// none, all of them. A second pass over the prompt's words finds words of names after "not", "without" and "instead
// of".
#include "route/answer/mentions.h"

#include <algorithm>

#include "prompt/calls.h"
#include "prompt/parts.h"

namespace cascade::route {
namespace {

// The records of one name.
Span<NameRecord> bearers(const Tables& tables, std::uint32_t hash) {
  const auto* const begin =
      std::lower_bound(tables.names.begin(), tables.names.end(), hash,
                       [](const NameRecord& record, std::uint32_t wanted) { return record.hash < wanted; });
  const auto* end = begin;
  while (end != tables.names.end() && end->hash == hash) ++end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool is_wanted(const EntryRecord& entry, const prompt::Mention& mention) {
  const auto kind = static_cast<Kind>(entry.kind);
  if (mention.mark == prompt::CallMark::at) return kind == Kind::agent;
  if (mention.mark == prompt::CallMark::slash) return kind != Kind::agent;
  namespace roles = prompt::roles;
  const bool playbook = static_cast<Layer>(entry.layer) == Layer::playbook;
  return (kind == Kind::skill && (mention.kinds & roles::skill) != 0) ||
         (kind == Kind::command && (mention.kinds & roles::command) != 0) ||
         (kind == Kind::agent && (mention.kinds & roles::agent) != 0) ||
         (playbook && (mention.kinds & roles::playbook) != 0);
}

void add(const Tables& tables, const prompt::Mention& mention, Mentions& found) {
  const Span<NameRecord> names = bearers(tables, mention.name);
  const auto fits = [&](const NameRecord& name) {
    return name.entry < tables.entries.size && is_wanted(tables.entries[name.entry], mention);
  };
  const bool any_of_kind = std::any_of(names.begin(), names.end(), fits);
  for (const NameRecord& name : names) {
    if (name.entry >= tables.entries.size || (any_of_kind && !fits(name))) continue;
    if (mention.refused) {
      found.refused.push_back(name.entry);
      continue;
    }
    const bool known = std::any_of(found.called.begin(), found.called.end(),
                                   [&](const Call& call) { return call.entry == name.entry; });
    if (!known) found.called.push_back({name.entry, any_of_kind});
  }
  if (mention.refused) found.refused_at.push_back({mention.begin, mention.end});
}

}  // namespace

Mentions find_mentions(const Tables& tables, std::string_view text, const std::vector<prompt::Part>& parts) {
  Mentions found;
  if (tables.names.empty()) return found;
  const bool all_said = std::all_of(parts.begin(), parts.end(),
                                    [](const prompt::Part& part) { return part.kind == prompt::PartKind::said; });
  const std::string said = all_said ? std::string() : prompt::only_said(text, parts);
  const auto knows = [&](std::uint32_t hash) { return !bearers(tables, hash).empty(); };
  for (const prompt::Mention& mention : prompt::read_mentions(all_said ? text : std::string_view(said), knows))
    add(tables, mention, found);
  std::sort(found.refused.begin(), found.refused.end());
  found.refused.erase(std::unique(found.refused.begin(), found.refused.end()), found.refused.end());
  found.called.erase(std::remove_if(found.called.begin(), found.called.end(),
                                    [&](const Call& call) {
                                      return std::binary_search(found.refused.begin(), found.refused.end(), call.entry);
                                    }),
                     found.called.end());
  return found;
}

}  // namespace cascade::route
