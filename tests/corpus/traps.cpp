#include "corpus/traps.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

namespace cascade::traps {

using corpora::Entry;
using corpora::Library;

bool absent() {
  if (corpora::present()) return false;
  WARN("no corpora beside the repository: skipped");
  return true;
}

const Manifest& manifest(const std::string& corpus, const std::string& path) {
  for (const Entry& entry : corpora::library(corpus).entries)
    if (entry.path == path) return entry.manifest;
  FAIL("no such manifest: " << path);
  std::abort();
}

bool has_problem(const Manifest& found, std::string_view rule, std::uint32_t line) {
  return std::any_of(found.problems.begin(), found.problems.end(),
                     [&](const Diagnostic& problem) { return problem.rule == rule && problem.at.line == line; });
}

std::string links(const std::string& corpus, const std::string& path, std::uint32_t line) {
  const Library& library = corpora::library(corpus);
  std::string out;
  for (const Link& link : library.registry.links(library.ids.at(path))) {
    if (link.line != line) continue;
    const ManifestView to = library.registry[link.to];
    out += (out.empty() ? "" : ", ") + std::string(to_string(link.strength)) + ' ' + std::string(to_string(link.via)) +
           ' ' + std::string(to_string(to.kind)) + ':' + std::string(to.name);
  }
  return out;
}

std::string findings(const std::string& corpus, const std::string& path) {
  const Library& library = corpora::library(corpus);
  std::string out;
  for (const Diagnostic& problem : library.registry.problems(library.ids.at(path)))
    if (problem.rule.substr(0, 2) == "RF") out += std::to_string(problem.at.line) + ": " + problem.message + '\n';
  return out;
}

std::string found_as(const std::string& corpus, Kind kind, const std::string& name) {
  const Library& library = corpora::library(corpus);
  const std::optional<ManifestId> id = library.registry.find({kind, name});
  return id ? std::string(library.registry[*id].path) : "none";
}

}  // namespace cascade::traps
