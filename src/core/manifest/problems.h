// The problems that parsing itself meets and must report. Judgements beyond these are rules of src/check/validate.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/body_text.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/node.h"
#include "syntax/outline.h"

namespace cascade::manifest {

// Collects the findings of one file. A fingerprint covers rule, path and offending text, never the line.
class Problems {
 public:
  explicit Problems(std::string_view path) : path_(path) {}

  // `at.path` is filled in. Returns the finding, to add a fix or related places (until the next call).
  Diagnostic& add(std::string_view rule, Severity severity, Location at, std::string message, std::string help,
                  std::string_view offending);
  void add(std::vector<Diagnostic> found);
  bool has(std::string_view rule) const;
  std::vector<Diagnostic> take();  // sorted

  std::string_view path() const noexcept { return path_; }

 private:
  std::string_view path_;
  std::vector<Diagnostic> found_;
};

constexpr std::size_t client_file_limit = 1'048'576;  // bytes; larger files are skipped (client 2.1.328)

void report_bytes(std::string_view text, const syntax::Frontmatter& frontmatter, Problems& out);
void report_frame(const ManifestSource& source, const syntax::Frontmatter& frontmatter, Problems& out);
void report_yaml(const syntax::Parsed& yaml, Problems& out);
void report_fields(const ManifestSource& source, const syntax::Node& fields, Problems& out);
// Reports fences still open at the end of the body; a fence that ends with its list or quote counts as closed.
// `first_line`: the number of the body's first line in its file.
void report_fences(const syntax::Outline& outline, std::size_t body_size, std::uint32_t first_line, Problems& out);

// Fills references, tools, conflicts and requires_any of `out`; malformed tools are problems. The keys are listed in
// docs/references.md.
void read_declared(const syntax::Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems);

// The rows of the first table below the first heading "Chain". A playbook without one has the skills that its front
// matter names, in their order. `manifest` has its references and its path already.
std::vector<ChainStep> find_steps(const BodyText& body, const syntax::LineIndex& file, const Manifest& manifest);

}  // namespace cascade::manifest
