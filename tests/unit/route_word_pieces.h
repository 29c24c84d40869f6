// What random texts are put together from wherever words are read: letters, digits and marks that reading treats apart.
#pragma once

namespace cascade::route {

// clang-format off
constexpr const char* word_pieces[] = {
    "read", "the", "GitHub", "HTTPServer", "URLs", "API", "A", "iPhone", "2", "2gb", "12345678", "123456789", "k8s",
    "K8S", "don't", "dogs'", "na\xC3\xAFve", "\xC3\xBC", "2\xC3\xBC", "C++", "c#", "F#", ".NET", ".net", "eightlet",
    "ninelette", "Capitalised", "SHOUTINGLY", "fifteenletters", "sixteenletterss", "seventeenletterss", "x", " ",
    "  ", ". ", "\t", "-", "_", "'", "\xE2\x80\x99s", "\xE2\x80\x94", "\xFF", "\xE4\xB8", "/", "#", "+", "()", "@[`{",
    ".", "?", "!\n", "\n", ".\n", "\n\n", ".  \n", ".\r\n", ";", ",", "...", "\xE2\x80\x94 ", "42", "it's", "x_y",
    "run()", "\xE2\x80\x99", "\xE6\x97\xA5\xE6\x9C\xAC", "\xED\x95\x9C", "(", ")", "\r\n", "z", "\x80",
};
// clang-format on

}  // namespace cascade::route
