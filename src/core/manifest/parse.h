// parse_manifest() for many files of one library.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/body_text.h"
#include "manifest/sections.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/outline.h"
#include "syntax/toml.h"
#include "tokens/counted_text.h"

namespace cascade::manifest {

// The same as parse_manifest(source, counter), sooner where a section's text stood in an earlier file. The memo is used
// with one counter only, and `source.text` must outlive it. Null: none.
Manifest parse(const ManifestSource& source, const TokenCounter& counter, SectionMemo* memo);

// Whether a manifest teaches how to make plugins, skills and hooks; its paths and examples then belong to its readers.

// By its name ("hook-development") or its description ("Guide for creating effective skills").
bool teaches_authoring(std::string_view name, std::string_view description) noexcept;

// A client's TOML file as a manifest: its keys are the fields, and one of its strings is the body. A string with
// escapes is unescaped before it is parsed, and every place found in it is mapped back to the file.

bool is_toml(std::string_view path) noexcept;

// Whether the sections of such a file must be unescaped after their bytes are read, and how.
bool escaped_body(std::string_view path, Kind kind, std::string_view file);
std::string unescape_section(Kind kind, std::string_view bytes);

class TomlManifest {
 public:
  // REQUIRES: is_toml(source.path). The source's text must outlive it.
  explicit TomlManifest(const ManifestSource& source);

  // The file up to the body's end, the body unescaped.
  std::string_view text() const noexcept { return text_; }
  const syntax::Frontmatter& frontmatter() const noexcept { return frontmatter_; }
  syntax::Parsed& parsed() noexcept { return parsed_; }  // places are those of the file
  bool is_escaped() const noexcept { return body_.is_escaped(); }

  const syntax::LineIndex& file_lines() const noexcept { return file_lines_; }

  // The findings in text() whose places put_back() maps to the file: sections, references from `declared` on, tools and
  // problems. `lines` are of text(). Linear in these and the text as long as places ascend.
  struct Found {
    Manifest& manifest;
    std::size_t declared;
    std::vector<Diagnostic>& problems;
  };
  void put_back(const syntax::LineIndex& lines, const Found& found) const;

 private:
  std::size_t source_of(std::size_t offset) const noexcept;
  void put_back(const syntax::LineIndex& lines, Section& section) const;

  std::string_view file_, text_;
  syntax::LineIndex file_lines_;
  syntax::Parsed parsed_;
  syntax::Frontmatter frontmatter_;
  syntax::TomlText body_;
  std::string unescaped_;  // the storage of text_ when the body has escapes
};

// The references of sections that earlier manifests have, too: they are not looked for again.
//
// A section may be read alone if its heading and the next one begin with '#' and a blank line ends it, or the file: no
// finder then looks past its ends. The line of its heading stays in the text, as headings say something of each other;
// what stands below it, the finders read no differently in another file. What could reach from below one heading to
// below another (a string that a call begins, an element that holds a sample, fences inside fences, headings in lists)
// is noticed, and such a file is read whole and nothing of it kept.

class KnownReferences {
 public:
  // Knows nothing, leaves nothing out and keeps nothing.
  KnownReferences() = default;
  // `known`: what `memo` has of the sections, by number; null for those that are not in it. `outline` is of the file's
  // body. The memo must outlive this object.
  KnownReferences(std::string_view file, const syntax::Outline& outline, const std::vector<Section>& sections,
                  const std::vector<KnownSection*>& known, SectionMemo& memo);

  // What BodyText is to leave out, ascending.
  Span<const tokens::ByteRange> left_out() const noexcept { return {left_out_.data(), left_out_.size()}; }
  void leave_nothing_out() noexcept;
  // Whether the headings of what was left out are governed by none above them.
  bool suit(const BodyText& body) const;
  // Adds the references of what was left out to those of the rest, in the order of the file.
  void add_to(FoundReferences& found) const;
  // Keeps the references of sections that may be read alone. `found` is as add_to() left it.
  void keep(const BodyText& body, const FoundReferences& found) const;

 private:
  struct Part {
    KnownSection* known = nullptr;
    std::uint32_t line = 0;   // of the heading
    std::size_t section = 0;  // where it begins
    tokens::ByteRange below;  // the part of the file below the heading's line
    bool at_end = false;      // of the file
    bool left_out = false;

    std::optional<FoundReferences>& references() const {
      return at_end ? known->references_at_end : known->references_inside;
    }
  };

  SectionMemo* memo_ = nullptr;
  std::vector<Part> parts_;  // that may be read alone, ascending
  std::vector<tokens::ByteRange> left_out_;
};

}  // namespace cascade::manifest
