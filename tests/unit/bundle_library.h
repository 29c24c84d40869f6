// A library in the language of registry_text.h, with bodies: lines that begin with "| " belong to the manifest above
// them.
//   skill:review -> agent:linter
//   | The lead.
//   | ## Steps
//   | Look at the change.
#pragma once

#include <cascade/bundle.h>
#include <cascade/resolve.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "manifest/emission.h"
#include "syntax/outline.h"
#include "unit/registry_text.h"

namespace cascade::test {

// The sections of a body as the manifest parser records them.
inline std::vector<Section> sections_of(const Symbol& symbol, const std::string& body, const TokenCounter& counter) {
  return manifest::cut_sections(syntax::LineIndex(body), 0, syntax::scan_outline(body), symbol, counter).sections;
}

class Library {
 public:
  explicit Library(const std::string& text, const TokenCounter& counter = TokenCounter::estimating())
      : counter_(counter) {
    std::vector<Manifest> manifests;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
      if (line.empty()) continue;
      if (line.front() == '|') {
        bodies_[manifests.back().path] += (line.size() > 2 ? line.substr(2) : "") + "\n";
      } else {
        manifests.push_back(manifest_of(line));
        manifests.back().description = "Does " + manifests.back().symbol.name + ".";
      }
    }
    finish(std::move(manifests));
  }

  // Manifests with their bodies by path.
  Library(std::vector<Manifest> manifests, std::map<std::string, std::string> bodies, const TokenCounter& counter)
      : counter_(counter), bodies_(std::move(bodies)) {
    finish(std::move(manifests));
  }

  const Registry& registry() const { return *registry_; }
  const TokenCounter& counter() const { return counter_; }

  ReadSection reader() const {
    return [this](const ManifestView& manifest, const SectionView& section) -> Result<std::string> {
      return bodies_.at(std::string(manifest.path)).substr(section.offset, section.length);
    };
  }

  // Resolves the roots ("skill:review agent:x") and assembles; `shape` may change the request before.
  Bundle bundle(const std::string& roots, std::uint32_t tokens = unlimited, std::uint32_t depth = 0,
                const std::function<void(BundleRequest&)>& shape = {}) const {
    Request request;
    request.depth = depth;
    std::istringstream words(roots);
    for (std::string word; words >> word;) request.roots.push_back(*Symbol::parse(word));
    BundleRequest wanted;
    wanted.resolution = *resolve(registry(), request);
    wanted.budget.limit.tokens = tokens;
    if (shape) shape(wanted);
    return *assemble(registry(), wanted, counter_, reader());
  }

 private:
  void finish(std::vector<Manifest> manifests) {
    for (Manifest& manifest : manifests) {
      manifest.sections = sections_of(manifest.symbol, bodies_[manifest.path], counter_);
      manifest.body = counter_.count(bodies_[manifest.path]);
    }
    registry_ = Registry::build(manifests);
  }

  TokenCounter counter_;
  std::map<std::string, std::string> bodies_;
  std::optional<Registry> registry_;
};

// "skill:review(card) skill:review(lead) skill:review#Steps", by names only.
inline std::string pieces_of(const Library& library, const Bundle& bundle) {
  std::string out;
  for (const Piece& piece : bundle.pieces) {
    out += (out.empty() ? "" : " ") + name_of(library.registry(), piece.id);
    const SectionView section = library.registry().section(piece.id, piece.section);
    if (piece.form == Form::section) {
      out += "#" + std::string(section.heading);
    } else {
      out += "(" + std::string(to_string(piece.form)) + ")";
    }
  }
  return out;
}

inline std::string omissions_of(const Library& library, const Bundle& bundle) {
  std::string out;
  for (const Omission& omission : bundle.omissions) {
    const SectionView section = library.registry().section(omission.id, omission.section);
    out += (out.empty() ? "" : " ") + name_of(library.registry(), omission.id);
    out += omission.form == Form::section ? "#" + std::string(section.heading)
                                          : "(" + std::string(to_string(omission.form)) + ")";
    out += "=" + std::string(to_string(omission.reason));
    if (omission.reason == OmittedFor::budget) out += "+" + std::to_string(omission.shortfall.tokens);
  }
  return out;
}

}  // namespace cascade::test
