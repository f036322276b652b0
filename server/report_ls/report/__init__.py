"""What a student wrote: questions, answers, images, words. Nothing here knows a pack, a course or a disk."""
