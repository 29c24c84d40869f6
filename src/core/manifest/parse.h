// parse_manifest() for many files of one library.
#pragma once

#include <cascade/manifest.h>

#include <string>
#include <string_view>

#include "manifest/emission.h"

namespace cascade::manifest {

// The same as parse_manifest(source, counter). `marks`: what marks of this counter share, for all files.
Manifest parse(const ManifestSource& source, const TokenCounter& counter, MarkCosts::Shared& marks);

// Whether a manifest teaches how to make plugins, skills and hooks, by its name ("hook-development") or its description
// ("Guide for creating effective skills"); its paths and examples then belong to its readers.
bool teaches_authoring(std::string_view name, std::string_view description) noexcept;

// Whether the sections of such a file must be unescaped after their bytes are read (syntax::unescape_toml).
bool escaped_body(std::string_view path, Kind kind, std::string_view file);

}  // namespace cascade::manifest
