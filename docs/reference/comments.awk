# Makes Doxygen's comments of ours, which are plain: the first block is the file's, a block before a declaration is the
# declaration's, one behind it on the same line is that member's. Signs that Doxygen would take for commands are kept as
# they are written.

# Text with Doxygen's signs escaped, except between backticks.
function plain(text, out, parts, n, i) {
  n = split(text, parts, "`")
  for (i = 1; i <= n; ++i) {
    if (i % 2 == 1) {
      gsub(/\\/, "\\\\", parts[i])
      gsub(/[<>@#]/, "\\\\&", parts[i])
    }
    out = out (i > 1 ? "`" : "") parts[i]
  }
  return out
}

# C++: a line of its own, or behind a declaration.
/^ *\/\/( |$)/ {
  match($0, /^ *\/\//)
  begin = substr($0, 1, RLENGTH - 2)
  text = substr($0, RLENGTH + 1)
  if (!named) { print "/// \\file"; named = 1 }
  # An example is indented by two spaces more than text.
  if (text ~ /^   /) { if (!example) print begin "/// \\code"; example = 1; print begin "///" text; next }
  if (example) { print begin "/// \\endcode"; example = 0 }
  print begin "///" plain(text)
  next
}
example { print "/// \\endcode"; example = 0 }
/[^ ].*  \/\/ / && !/^#/ && !/^ \*/ {
  at = match($0, /  \/\/ /)
  print substr($0, 1, at + 1) "///<" plain(substr($0, at + 4))
  next
}

# C.
/^ \*   / {
  if (!example_in_c) print " * \\code"
  example_in_c = 1
  print
  next
}
example_in_c { print " * \\endcode"; example_in_c = 0 }
/^ *\/\* / && !named { sub(/\/\* /, "/** \\file\n * "); named = 1 }
/^ *\/\* / { sub(/\/\* /, "/** ") }
/[^ ] +\/\* .*\*\/$/ && !/^#/ { sub(/\/\* /, "/**< ") }
{ print }
