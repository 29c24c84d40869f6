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

#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "unit/registry_text.h"

namespace cascade::test {

// A section's shorter form in these tests: its lines outside of fences.
inline std::string without_code(const std::string& section) {
  std::string out;
  std::istringstream lines(section);
  bool code = false;
  for (std::string line; std::getline(lines, line);) {
    const bool fence = line.rfind("```", 0) == 0;
    if (!fence && !code) out += line + "\n";
    if (fence) code = !code;
  }
  return out;
}

// Sections at every line that begins with '#', as the manifest parser records them, with a form without code where
// there is a fence.
inline std::vector<Section> sections_of(const std::string& body, const TokenCounter& counter) {
  std::vector<Section> sections(1);
  sections[0].form = Form::lead;
  for (std::size_t at = 0; at < body.size();) {
    if (body[at] == '#' && (at == 0 || body[at - 1] == '\n')) {
      Section section;
      section.offset = at;
      section.shorter_of = static_cast<std::uint32_t>(sections.size());
      section.heading = body.substr(at, body.find('\n', at) - at);
      section.heading.erase(0, section.heading.find_first_not_of("# "));
      section.path = section.heading;
      section.line =
          1 + static_cast<std::uint32_t>(std::count(body.begin(), body.begin() + static_cast<long>(at), '\n'));
      sections.push_back(section);
    }
    const std::size_t end = body.find('\n', at);
    at = end == std::string::npos ? body.size() : end + 1;
  }
  const std::size_t count = sections.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t end = i + 1 < count ? sections[i + 1].offset : body.size();
    sections[i].length = end - sections[i].offset;
    const std::string range = body.substr(sections[i].offset, sections[i].length);
    sections[i].content_hash = hash::hash_text(range);
    sections[i].cost = counter.count(manifest::emitted(range));
    if (range.find("```") == std::string::npos) continue;
    Section prose = sections[i];
    prose.form = Form::prose;
    prose.cost = counter.count(manifest::emitted(without_code(range)));
    sections.push_back(prose);
  }
  return sections;
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
      const std::string range = bodies_.at(std::string(manifest.path)).substr(section.offset, section.length);
      return section.form == Form::prose ? without_code(range) : range;
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
      manifest.sections = sections_of(bodies_[manifest.path], counter_);
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
