// A client's TOML file as a manifest: its keys are the fields, and one of its strings is the body. A string with
// escapes is unescaped before it is parsed, and every place found in it is mapped back to the file.
#pragma once

#include <cascade/manifest.h>

#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/toml.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

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

}  // namespace cascade::manifest
