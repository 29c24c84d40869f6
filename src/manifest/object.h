// A parsed manifest as bytes and back: what the index keeps of a file so that an unchanged one is not parsed again.
#pragma once

#include <cascade/manifest.h>

#include <optional>
#include <string>
#include <string_view>

namespace cascade {

// Grows by one with every change of what parse_manifest() finds or of how it is written: part of the index's key.
constexpr std::uint32_t manifest_object_version = 1;

// Deterministic: equal manifests, equal bytes.
std::string write_object(const Manifest& manifest);
// Nothing when the bytes are not such an object (cut, foreign); never reads outside them.
std::optional<Manifest> read_object(std::string_view bytes);

}  // namespace cascade
