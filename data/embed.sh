#!/bin/sh
# Writes assembler that carries files inside the binary: embed.sh GROUP FOLDER FILE... > group.S   (see data/embed.h)
# GROUP becomes the array embed_GROUP of {name, bytes, size}; each FILE is named by its path below FOLDER.
set -eu
group=$1 folder=$2
shift 2
printf '/* Made by data/embed.sh; do not edit. */\n.section .rodata\n'
n=0
for file in "$@"; do
    printf 'name_%d: .asciz "%s"\n.balign 16\nfile_%d: .incbin "%s"\nend_%d: .byte 0\n' $n "${file#"$folder"/}" $n "$file" $n
    n=$((n + 1))
done
printf '.section .data.rel.ro,"aw"\n.balign 8\n.global embed_%s\nembed_%s:\n' "$group" "$group"
last=$n
n=0
while [ $n -lt "$last" ]; do
    printf '.quad name_%d, file_%d, end_%d - file_%d\n' $n $n $n $n
    n=$((n + 1))
done
printf '.quad 0, 0, 0\n.section .note.GNU-stack,"",%%progbits\n'
