"""What the pictures share: colours, canvas, axes, where labels have room, and how a picture plays. No lesson here."""
