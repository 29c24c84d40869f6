// Repositories given as texts, and what the audit says of them.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <string_view>

#include "audit/audit.h"
#include "unit/memory_tree.h"

namespace cascade::audit {

inline const Judgement& judgement_of(const Report& report, std::string_view id, std::string_view package = "") {
  const auto found = std::find_if(report.judgements.begin(), report.judgements.end(), [&](const Judgement& one) {
    return id_of(*one.check) == id && one.package == package;
  });
  REQUIRE(found != report.judgements.end());
  return *found;
}

inline Report audited(const std::map<std::string, std::string>& files, Rows rows = known_rows(),
                      const Around& around = {}, const RunPlanned& runs = {}) {
  files::MemoryTree tree;
  for (const auto& [path, text] : files) tree.write("/repo/" + path, text);
  auto report = audit::audit(tree, "/repo", rows, around, runs);
  REQUIRE(report);
  return *std::move(report);
}

inline Level level_of(const std::map<std::string, std::string>& files, std::string_view id) {
  return judgement_of(audited(files), id).level;
}

}  // namespace cascade::audit
