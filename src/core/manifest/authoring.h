// Whether a manifest teaches how to make plugins, skills and hooks; its paths and examples then belong to its readers.
#pragma once

#include <string_view>

namespace cascade::manifest {

// By its name ("hook-development") or its description ("Guide for creating effective skills").
bool teaches_authoring(std::string_view name, std::string_view description) noexcept;

}  // namespace cascade::manifest
