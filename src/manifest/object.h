// A parsed manifest as bytes and back: what the index keeps of a file so that an unchanged one is not parsed again.
#pragma once

#include <cascade/manifest.h>

#include <optional>
#include <string>
#include <string_view>

namespace cascade {

// Deterministic: equal manifests, equal bytes.
std::string write_object(const Manifest& manifest);
// Nothing when the bytes are not such an object (cut, foreign); never reads outside them.
std::optional<Manifest> read_object(std::string_view bytes);

}  // namespace cascade
