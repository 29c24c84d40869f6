echo a b | xargs -I% sh -c 'git -C % log' ; while read -r l; do echo "$l"; done < <(printf "%s\\n" a b) >| out
